"""The mutual weight of every two units, and whether a hard rule keeps them apart."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from server.core.wishes import (
    UNRATED_CLOSENESS,
    UNRATED_WISH,
    MatchInput,
    MatchUnit,
    RelationKind,
    UnitId,
    Weights,
    seated,
)

Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

MOST_HITS = 3


class Table(msgspec.Struct, frozen=True):
    """The room as square arrays over `units`: row `i`, column `j` is what `i` says of `j`, or what both share."""

    units: tuple[MatchUnit, ...]
    weights: Weights
    want: Numbers
    close: Numbers
    mutual: Numbers
    """The lower of the two wishes."""
    weight: Numbers
    allowed: Flags
    """No hard rule stands between the two."""
    wished: Flags
    """Allowed, and neither said 0."""

    def __len__(self) -> int:
        return len(self.units)

    def part(self, some: Places) -> "Table":
        """The same room with these alone, in their order."""
        square = np.ix_(some, some)
        arrays = (one[square] for one in (self.want, self.close, self.mutual, self.weight))
        want, close, mutual, weight = arrays
        units = tuple(self.units[i] for i in some.tolist())
        return Table(units, self.weights, want, close, mutual, weight, self.allowed[square], self.wished[square])

    def trio_worth(self, i: int, j: int, k: int) -> int:
        """The three weights, except that the weakest of the three mutual wishes counts for all three."""
        pairs = ((i, j), (i, k), (j, k))
        mutual = [int(self.mutual[pair]) for pair in pairs]
        lost = self.weights.mutual_wish * (sum(mutual) - 3 * min(mutual))
        return sum(int(self.weight[pair]) for pair in pairs) - lost


def table(given: MatchInput) -> Table:
    units = seated(given)
    index = {unit.id: i for i, unit in enumerate(units)}
    if len(index) != len(units):
        raise ValueError("two units have the same id")
    want = _rated([unit.wants for unit in units], index, UNRATED_WISH)
    close = _rated([unit.closeness for unit in units], index, UNRATED_CLOSENESS)
    mutual = np.minimum(want, want.T)
    weigh = given.weights
    weight = weigh.mutual_wish * mutual + weigh.wish * (want + want.T)
    weight += weigh.mutual_closeness * np.minimum(close, close.T)
    weight += weigh.complement * _complement(units)
    weight -= _penalties(given, units, index)
    allowed = _allowed(given, units, index)
    return Table(units, weigh, want, close, mutual, weight, allowed, allowed & (mutual > 0))


def islands(edges: Flags) -> list[Places]:
    """The units in parts between which there is no edge; each part, and the parts, in the order of the units."""
    size = len(edges)
    home: Places = np.full(size, -1, np.intp)
    number = 0
    for start in range(size):
        if home[start] >= 0:
            continue
        front: Places = np.array([start])
        while len(front):
            home[front] = number
            front = np.flatnonzero(edges[front].any(axis=0) & (home < 0))
        number += 1
    return [np.flatnonzero(home == one) for one in range(number)]


def barred_pairs(given: MatchInput) -> frozenset[tuple[UnitId, UnitId]]:
    """Every two seated units that a hard rule keeps apart, lower id first, without the rule."""
    room = table(given)
    ids = [unit.id for unit in room.units]
    rows, columns = np.nonzero(np.triu(~room.allowed, 1))
    return frozenset(
        (min(ids[i], ids[j]), max(ids[i], ids[j])) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    )


def _rated(rows: Sequence[Mapping[UnitId, int]], index: Mapping[UnitId, int], unrated: int) -> Numbers:
    rated = rated_rows(rows, index, unrated)
    if len(rows) and (rated.min() < 0 or rated.max() > 3):
        raise ValueError("wishes and closeness are 0 to 3")
    return rated


def rated_rows(rows: Sequence[Mapping[UnitId, int]], index: Mapping[UnitId, int], unrated: int) -> Numbers:
    """A row for each of those who rate, a column for each who is in `index`."""
    size = len(index)
    rated: Numbers = np.full((len(rows), size + 1), unrated, np.int32)
    # Somebody rated may be absent: such ratings fall into the spare last column.
    place = defaultdict(lambda: size, index)
    for i, row in enumerate(rows):
        columns = np.fromiter(map(place.__getitem__, row), np.intp, len(row))
        rated[i, columns] = np.fromiter(row.values(), np.int32, len(row))
    return np.array(rated[:, :size], np.int32)


def _complement(units: Sequence[MatchUnit]) -> Numbers:
    offering, needing = _holders(unit.offers for unit in units), _holders(unit.needs for unit in units)
    hits: Numbers = np.zeros((len(units), len(units)), np.int32)
    for tag in offering.keys() & needing.keys():
        hits[np.ix_(offering[tag], needing[tag])] += 1
    return np.asarray(np.minimum(hits + hits.T, MOST_HITS), np.int32)


def _holders(tags_of_units: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for i, tags in enumerate(tags_of_units):
        for tag in tags:
            holders[tag].append(i)
    return holders


def _penalties(given: MatchInput, units: Sequence[MatchUnit], index: Mapping[UnitId, int]) -> Numbers:
    weigh = given.weights
    kinds: tuple[tuple[RelationKind, int], ...] = (
        ("same_owner", weigh.same_owner),
        ("competitor", weigh.competitor),
        ("partner", weigh.partner),
        ("too_far", weigh.too_far),
    )
    penalties: Numbers = np.zeros((len(units), len(units)), np.int32)
    for kind, cost in kinds:
        related = _related(given, index, kind)
        if kind == "same_owner":
            related |= _same(units, [unit.owner for unit in units]) & np.array([bool(u.owner) for u in units], bool)
        penalties += cost * related.astype(np.int32)
    return penalties


def _allowed(given: MatchInput, units: Sequence[MatchUnit], index: Mapping[UnitId, int]) -> Flags:
    size = len(units)
    allowed = ~_same(units, [unit.school for unit in units])
    for i, unit in enumerate(units):
        ruled_out = [index[other] for other in unit.not_with if other in index]
        allowed[i, ruled_out] = allowed[ruled_out, i] = False
    understood: Flags = np.zeros((size, size), np.bool_)
    anything = np.array([not unit.languages for unit in units], bool)
    understood |= anything | anything[:, None]
    for speakers in _holders(unit.languages for unit in units).values():
        understood[np.ix_(speakers, speakers)] = True
    allowed &= understood & ~_related(given, index, "conflict")
    return allowed & ~np.eye(size, dtype=np.bool_)


def _related(given: MatchInput, index: Mapping[UnitId, int], kind: RelationKind) -> Flags:
    related: Flags = np.zeros((len(index), len(index)), np.bool_)
    for relation in given.relations:
        a, b = (index.get(unit) for unit in relation.units)
        if relation.kind == kind and a is not None and b is not None:
            related[a, b] = related[b, a] = True
    return related


def _same(units: Sequence[MatchUnit], labels: Sequence[Hashable]) -> Flags:
    number = {label: n for n, label in enumerate(dict.fromkeys(labels))}
    codes = np.array([number[label] for label in labels], np.int32).reshape(len(units))
    same: Flags = codes[:, None] == codes
    return same
