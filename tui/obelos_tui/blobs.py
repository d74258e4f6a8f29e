"""Git's name for bytes, computed without git, so that `check` starts quickly."""

import hashlib


def blob_id(data: bytes, like: str) -> str:
    """Id of the blob that holds the bytes, by SHA-1 or SHA-256 as an id of that length was made."""
    digest = hashlib.sha256() if len(like) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(data))
    digest.update(data)
    return digest.hexdigest()
