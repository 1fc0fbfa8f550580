"""Addresses of records on a page: permanent ones, under the language that the page is fixed to."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import template
from django.db import models
from django.urls import get_script_prefix

from catalogue import links

register = template.Library()


@register.filter
def address(record: models.Model) -> str:
    """``{{ document|address }}``: '/documents/…/', or '/fr/documents/…/' on a page in French."""
    return get_script_prefix() + links.address(record).removeprefix("/")


@register.filter
def anchor(record: models.Model) -> str:
    """``id="{{ witness|anchor }}"``"""
    return links.anchor(record)


@register.filter
def permanent(record: models.Model) -> str:
    """The address without a language, for citing and for rel=canonical."""
    return links.address(record)


@register.filter
def outside(address: str) -> str:
    """An address elsewhere on the web; nothing for what is none, such as ``javascript:``."""
    return address if urlsplit(address).scheme in ("http", "https", "ftp") else ""
