"""The record as files: Word, PDF, CSV, JSON, and the event log as lines of JSON; see docs/record-files.md."""
