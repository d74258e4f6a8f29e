"""Work on a review outside the thread that draws: one call after another, in the order in which they were asked for."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Turns:
    """Lets one call at a time at a review, so that quick keys never meet in it."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def take(self, call: Callable[[], T]) -> T:
        """Run a call in a thread of its own when all earlier ones have ended; its result, or what it raised."""
        async with self._lock:
            return await asyncio.to_thread(call)
