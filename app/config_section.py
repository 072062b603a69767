"""What every group of keys of session_config.yaml has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from app.config_values import Disallowed


class Section(BaseModel):
    """A group of keys. An unknown key is a mistake; a missing one is checked as `nothing`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _name_the_missing(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise Disallowed("these keys, one a line: " + ", ".join(cls.model_fields))
        return {name: None for name, key in cls.model_fields.items() if key.is_required()} | value
