"""Own zones as the server needs them: from PostgreSQL, kept while their serial stands."""

from collections import OrderedDict
from threading import Lock

from dns.name import Name

from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.served import ServedZone
from dnsconfig.embedded.writing import snapshot
from dnsconfig.records import plain_name

MOST_KEPT = 200
ATTEMPTS = 5


class Shelf:
    """Shared by all threads of the server. Every call asks the database for the serial."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], ServedZone] = OrderedDict()
        self._lock = Lock()

    def row(self, name: Name, *, is_above: bool = False) -> OwnZone | None:
        """The zone that holds a name most closely; `is_above`: one above the name, if any."""
        names = [plain_name(each.to_text()) for each in _suffixes(name)]
        rows = {zone.name: zone for zone in OwnZone.objects.filter(name__in=names)}
        ordered = [rows[each] for each in names if each in rows]
        if is_above and len(ordered) > 1 and ordered[0].name == names[0]:
            return ordered[1]
        return ordered[0] if ordered else None

    def zone(self, row: OwnZone) -> ServedZone:
        """Its records at one serial."""
        for _ in range(ATTEMPTS):
            with self._lock:
                kept = self._kept.get((row.pk, row.serial))
            if kept is not None:
                return kept
            loaded = ServedZone(row.name, snapshot(row).records)
            serial, row = row.serial, OwnZone.objects.get(pk=row.pk)
            if row.serial == serial:  # else somebody wrote between the two questions
                return self._keep(row, loaded)
        return loaded

    def _keep(self, row: OwnZone, zone: ServedZone) -> ServedZone:
        with self._lock:
            for key in [key for key in self._kept if key[0] == row.pk]:
                del self._kept[key]
            self._kept[row.pk, row.serial] = zone
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return zone


def _suffixes(name: Name) -> list[Name]:
    """The name and those above it, the root left out."""
    return [name.split(depth)[1] for depth in range(len(name), 1, -1)]
