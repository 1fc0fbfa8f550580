"""The child process that decodes images. It knows no Django, and nothing of the site.

It reads ``{"jobs": [{"path": …, "copies": {file: longest side}}]}`` from standard input and writes
one line of JSON for each job, in their order. Each job is done by a fork of its own, which has
little memory, little time and no right to write a large file; when it dies, only its own line says
so. The first process never touches what is in a file.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from catalogue.imaging import ends, limits

ALLOWED = ("JPEG", "PNG", "WEBP", "TIFF")
# TIFF is a family: of it, what scanners write. JPEG within TIFF has decoders of its own.
TIFF_COMPRESSIONS = {"raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "group4"}
# Where 8 bits a channel, after conversion, lose nothing that an eye would see.
MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", "I;16", "I;16B"}


class Refusal(Exception):
    """Why a file is not taken: a key of ``looking.REASONS``, and what to fill in there."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


def look(path: str) -> Image.Image:
    """The image, wholly decoded. Raises Refusal, and whatever Pillow raises."""
    image = Image.open(path, formats=ALLOWED)
    if image.format == "MPO" or getattr(image, "n_frames", 1) != 1:
        raise Refusal("frames", number=getattr(image, "n_frames", 2))
    if image.width * image.height > limits.PIXELS:
        raise Refusal("pixels", width=image.width, height=image.height, most=limits.PIXELS)
    if image.mode not in MODES:
        raise Refusal("mode", mode=image.mode)
    if image.format == "TIFF" and image.info.get("compression") not in TIFF_COMPRESSIONS:
        raise Refusal("compression", name=str(image.info.get("compression")))
    surplus = ends.surplus(path, image.format or "")
    if surplus:
        raise Refusal("surplus", number=surplus)
    image.load()
    return image


def do(job: dict[str, Any]) -> dict[str, Any]:
    """The line that answers a job."""
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = None  # look() counts them before anything is decoded
    try:
        image = look(job["path"])
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        width, height = image.size[::-1] if turned else image.size
        for name, longest in sorted(job["copies"].items(), key=lambda pair: -pair[1]):
            image = shown(image, longest)
            image.save(name, "JPEG", quality=84, optimize=True, progressive=True)
    except Refusal as refusal:
        return {"refused": refusal.reason, "values": refusal.values}
    except UnidentifiedImageError:
        return {"refused": "format", "values": {}}
    except MemoryError:
        return {"refused": "memory", "values": {}}
    except Exception as error:  # whatever a decoder raises, the file is refused
        return {"refused": "broken", "values": {"detail": f"{type(error).__name__}: {error}"[:200]}}
    return {"format": image_format(job["path"]), "width": width, "height": height}


def image_format(path: str) -> str:
    with Image.open(path, formats=ALLOWED) as image:
        return image.format or ""


def shown(image: Image.Image, longest: int) -> Image.Image:
    """A copy for eyes: upright, sRGB, without anything that the file said besides its pixels."""
    if "plain" in image.info:  # it is itself such a copy, for a larger size
        smaller = image.copy()
        smaller.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        smaller.info = {"plain": True}
        return smaller
    profile = image.info.get("icc_profile")
    orientation = image.getexif().get(0x0112, 1)
    if image.mode in ("1", "P", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode in ("I;16", "I;16B"):
        image = image.point(lambda value: value / 256).convert("L")
    image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    image = in_srgb(image, profile)
    bare = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA"):
        bare.paste(image, mask=image.getchannel("A"))
    else:
        bare.paste(image.convert("RGB"))
    if orientation in range(2, 9):
        exif = bare.getexif()
        exif[0x0112] = orientation
        bare.info["exif"] = exif.tobytes()
        bare = ImageOps.exif_transpose(bare)
    bare = Image.frombytes("RGB", bare.size, bare.tobytes())
    bare.info = {"plain": True}
    return bare


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as they were meant; a profile that cannot be read is left out."""
    if not profile or image.mode not in ("RGB", "CMYK", "L", "LAB"):
        return image
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(
            image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return found or image


def confine() -> None:
    """Take from this process what it will not need."""
    megabyte = 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (32 * megabyte, 32 * megabyte))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    signal.alarm(2 * limits.SECONDS)


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """What a fork says of a job, or that it died."""
    reading, writing = os.pipe()
    fork = os.fork()
    if fork == 0:
        os.close(reading)
        confine()
        with os.fdopen(writing, "w") as out:
            json.dump(do(job), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        text = said.read()
    _pid, status = os.waitpid(fork, 0)
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)
        return {"refused": "time" if late else "died", "values": {}}
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        return {"refused": "died", "values": {}}
    return found


def main() -> None:
    Image.init()
    for job in json.load(sys.stdin)["jobs"]:
        sys.stdout.write(json.dumps(answer(job)) + "\n")
        sys.stdout.flush()
