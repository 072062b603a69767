"""Who takes part: people and organisations of our own making, from many regions and in many scripts.

A government is named by its country alone, as in the room; all other organisations are invented.
"""

import random
from dataclasses import dataclass
from typing import Literal

from app.rehearsal.homelands import HOMELANDS

GROUPS = (
    *("government", "civil_society", "private_sector", "academia", "technical_community", "intergovernmental"),
    *("government", "civil_society", "private_sector", "civil_society", "government", "academia"),
    *("technical_community", "civil_society", "government", "intergovernmental"),
)
"""Dealt out in this order, so that six people already make a room of six groups."""


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated attendee, as they fill in the form."""

    number: int
    name: str
    organisation: str
    group: str
    where: Literal["room", "online"]


ORGANISATIONS = {
    "civil_society": (
        "Digital Rights Circle, {country}",
        "Women Connect {country}",
        "Community Radio and Networks Alliance",
        "Access for All, {region}",
        "Youth Coalition on Internet Governance, {country}",
        "Disability and Technology Forum",
    ),
    "private_sector": (
        "Bluewater Cables",
        "{country} Chamber of Digital Industry",
        "Harbour Data Centres",
        "Small Business Online, {region}",
        "Tern Satellite Services",
        "Papyrus Software Cooperative",
    ),
    "academia": (
        "Institute for Technology and Society, {country}",
        "Centre for Information Policy, {region}",
        "School of Public Technology",
        "Observatory on AI and Development, {region}",
    ),
    "technical_community": (
        "{country} Network Operators’ Group",
        "Internet Exchange Association of {region}",
        "Open Standards Workshop",
        "Country-code registry of {country}",
    ),
    "intergovernmental": (
        "Commission on Connectivity for {region}",
        "Union of Statistical Offices",
        "Programme for Digital Inclusion, {region}",
        "Joint Fund for Public Infrastructure",
    ),
}


def person(number: int, seed: int) -> Person:
    """The `number`th person of the crowd that `seed` makes; the same person every time."""
    chance = random.Random(f"person {seed} {number}")  # noqa: S311 - it must repeat
    home = HOMELANDS[(number * 7 + seed) % len(HOMELANDS)]
    name = home.written.format(given=chance.choice(home.given), family=chance.choice(home.family))
    group = GROUPS[number % len(GROUPS)]
    own = dict(home.own)
    if group in own and chance.random() < 0.7:
        organisation = own[group]
    elif group == "government":
        organisation = home.country
    else:
        organisation = chance.choice(ORGANISATIONS[group]).format(country=home.country, region=home.region)
    return Person(number, name, organisation, group, "room" if chance.random() < 0.65 else "online")
