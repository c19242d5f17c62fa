"""A desktop that can keep its screen on: one of the two services that wakepy knows, in GDBus.

GDBus refuses every call whose types are not those of the description below; a mock made with
dbus-python takes an `i` for a `u`, and hides just the fault that we look for.

Runs under the system's own python3 with python3-gi: `strict_screensaver.py screensaver|gnome`.
What happens is written line by line: ready, inhibit, uninhibit, gone (the holder left the bus).
"""

import sys
from itertools import count

from gi.repository import (  # type: ignore[import-not-found] # not in our environment, but Debian's
    Gio,
    GLib,
)

DESCRIPTIONS = {
    "screensaver": (
        "org.freedesktop.ScreenSaver",
        """<node><interface name="org.freedesktop.ScreenSaver">
        <method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/>
        <arg type="u" direction="out"/></method>
        <method name="UnInhibit"><arg type="u" direction="in"/></method>
        </interface></node>""",
    ),
    "gnome": (
        "org.gnome.SessionManager",
        """<node><interface name="org.gnome.SessionManager">
        <method name="Inhibit"><arg type="s" direction="in"/><arg type="u" direction="in"/>
        <arg type="s" direction="in"/><arg type="u" direction="in"/>
        <arg type="u" direction="out"/></method>
        <method name="Uninhibit"><arg type="u" direction="in"/></method>
        </interface></node>""",
    ),
}
NAME, DESCRIPTION = DESCRIPTIONS[sys.argv[1]]
PATH = "/" + NAME.replace(".", "/")
cookies = count(2**31 + 7)  # more than fits into an `i`
held: dict[int, int] = {}  # cookie: the watch over its holder


def say(*words: object) -> None:
    sys.stdout.write("|".join(map(str, words)) + "\n")
    sys.stdout.flush()


def take(_bus, sender, _path, _interface, method, parameters, invocation) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - GDBus calls it; its types are not here
    arguments = parameters.unpack()
    if method == "Inhibit":
        cookie = next(cookies)
        held[cookie] = Gio.bus_watch_name(
            Gio.BusType.SESSION, sender, Gio.BusNameWatcherFlags.NONE, None, lambda *_: drop(cookie)
        )
        say("inhibit", *arguments)
        invocation.return_value(GLib.Variant("(u)", (cookie,)))
        return
    (cookie,) = arguments
    if cookie not in held:
        invocation.return_dbus_error("org.freedesktop.DBus.Error.Failed", "no such cookie")
        return
    Gio.bus_unwatch_name(held.pop(cookie))
    say("uninhibit", cookie - 2**31)
    invocation.return_value(None)


def drop(cookie: int) -> None:
    if cookie in held:
        Gio.bus_unwatch_name(held.pop(cookie))
        say("gone", cookie - 2**31)


bus = Gio.bus_get_sync(Gio.BusType.SESSION)
(interface,) = Gio.DBusNodeInfo.new_for_xml(DESCRIPTION).interfaces
bus.register_object(PATH, interface, take, None, None)
Gio.bus_own_name_on_connection(
    bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: say("ready"), lambda *_: sys.exit(1)
)
GLib.MainLoop().run()
