"""The audit report of an edition: what was decided, by whom, on what ground, and what is open; on paper."""
