import { describe, expect, test } from 'vitest'
import { type Coordinates, distanceBetween, type RangeUnit } from './distance.ts'
import { parsePolygon } from './polygon.ts'

const areaOf = (perimeter: unknown) => {
  const parsed = parsePolygon(JSON.stringify(perimeter))
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.area
}

const square = (from: number, to: number) => [
  [from, from],
  [from, to],
  [to, to],
  [to, from],
]
const bowTie = [
  [0, 0],
  [4, 4],
  [4, 0],
  [0, 4],
]
/** Its middle is surrounded twice. */
const star = [0, 2, 4, 1, 3].map((n) => [Math.cos((n * 2 * Math.PI) / 5), Math.sin((n * 2 * Math.PI) / 5)])
const closed = [...square(0, 4), [0, 0]]

const rows: [what: string, perimeter: unknown, at: [number, number], isInside: boolean][] = [
  ['in a square', square(0, 4), [2, 2], true],
  ['beside a square', square(0, 4), [5, 2], false],
  ['far from a square on the line of its side', square(0, 4), [0, 9], false],
  ['on a side', square(0, 4), [0, 2], false],
  ['on the opposite side', square(0, 4), [4, 2], false],
  ['on a corner', square(0, 4), [0, 0], false],
  ['in a ring that is closed by itself', closed, [2, 2], true],
  ['in a ring that runs the other way', square(0, 4).toReversed(), [2, 2], true],
  [
    'in a rectangle of two corners',
    [
      [0, 0],
      [2, 6],
    ],
    [1, 5],
    true,
  ],
  [
    'in a rectangle of its other two corners',
    [
      [2, 0],
      [0, 6],
    ],
    [1, 5],
    true,
  ],
  [
    'beside a rectangle of two corners',
    [
      [0, 0],
      [2, 6],
    ],
    [3, 5],
    false,
  ],
  [
    'on a rectangle of two corners',
    [
      [0, 0],
      [2, 6],
    ],
    [2, 3],
    false,
  ],
  [
    'in a rectangle without width',
    [
      [1, 1],
      [1, 5],
    ],
    [1, 3],
    false,
  ],
  [
    'in a triangle',
    [
      [0, 0],
      [0, 4],
      [4, 0],
    ],
    [1, 1],
    true,
  ],
  [
    'on the slanting side of a triangle',
    [
      [0, 0],
      [0, 4],
      [4, 0],
    ],
    [2, 2],
    false,
  ],
  ['in one lobe of a bow-tie', bowTie, [1, 2], true],
  ['in the other lobe of a bow-tie', bowTie, [3, 2], true],
  ['beside the knot of a bow-tie', bowTie, [2, 3], false],
  ['at the knot of a bow-tie', bowTie, [2, 2], false],
  ['in the middle of a star', star, [0, 0], true],
  ['in a tip of a star', star, [0.9, 0], true],
  ['between the tips of a star', star, [-0.9, 0], false],
  ['in a hole', [square(0, 10), square(4, 6)], [5, 5], false],
  ['in a hole that comes first', [square(4, 6), square(0, 10)], [5, 5], false],
  ['around a hole', [square(0, 10), square(4, 6)], [2, 2], true],
  ['on the edge of a hole', [square(0, 10), square(4, 6)], [4, 5], false],
  ['on an island in a hole', [square(0, 10), square(2, 8), square(4, 6)], [5, 5], false],
  ['in the second of two rings', [square(0, 2), square(5, 7)], [6, 6], true],
  ['between two rings', [square(0, 2), square(5, 7)], [4, 4], false],
  ['where two rings overlap', [square(0, 4), square(2, 6)], [3, 3], true],
  ['on the edge of a ring within another one', [square(0, 4), square(2, 6)], [4, 3], true],
  [
    'on the edge that two rings share',
    [
      square(0, 4),
      [
        [4, 0],
        [4, 4],
        [8, 4],
        [8, 0],
      ],
    ],
    [4, 2],
    true,
  ],
  [
    'at the end of the edge that two rings share',
    [
      square(0, 4),
      [
        [4, 0],
        [4, 4],
        [8, 4],
        [8, 0],
      ],
    ],
    [4, 4],
    false,
  ],
  [
    'in a hole that touches the ring',
    [
      square(0, 4),
      [
        [0, 1],
        [0, 3],
        [2, 3],
        [2, 1],
      ],
    ],
    [1, 2],
    false,
  ],
  [
    'on the edge that a hole has with its ring',
    [
      square(0, 4),
      [
        [0, 1],
        [0, 3],
        [2, 3],
        [2, 1],
      ],
    ],
    [0, 2],
    false,
  ],
  [
    'in a ring that only crosses another one',
    [
      square(0, 4),
      [
        [1, 1],
        [1, 9],
        [3, 9],
        [3, 1],
      ],
    ],
    [2, 2],
    true,
  ],
  ['in a ring that is there twice', [square(0, 4), square(0, 4)], [2, 2], true],
  ['in rings in lists in lists', [[[square(0, 4)], [square(6, 8)]]], [7, 7], true],
  [
    'in the notch of an angle',
    [
      [0, 0],
      [0, 6],
      [2, 6],
      [2, 2],
      [6, 2],
      [6, 0],
    ],
    [4, 4],
    false,
  ],
  [
    'in the arm of an angle',
    [
      [0, 0],
      [0, 6],
      [2, 6],
      [2, 2],
      [6, 2],
      [6, 0],
    ],
    [5, 1],
    true,
  ],
  [
    'across the notch of an angle',
    [
      [
        [0, 0],
        [0, 6],
        [2, 6],
        [2, 2],
        [6, 2],
        [6, 0],
      ],
      [
        [1, 5],
        [1, 5.5],
        [5, 1],
      ],
    ],
    [1.2, 5],
    true,
  ],
  [
    'in coordinates as text',
    [
      ['0', '0'],
      ['0', '4'],
      ['4', '4'],
      ['4', '0'],
    ],
    [2, 2],
    true,
  ],
  [
    'in negative coordinates',
    [
      [-1, -1],
      [-3, -4],
    ],
    [-2, -2],
    true,
  ],
]

test.each(rows)('%s', (_what, perimeter, [latitude, longitude], isInside) => {
  expect(areaOf(perimeter).contains(latitude, longitude)).toBe(isInside)
})

describe('is no perimeter:', () => {
  test.each([
    ['text', 'The perimeter is no JSON'],
    ['{}', 'The perimeter is no list of corners'],
    ['5', 'The perimeter is no list of corners'],
    ['[]', 'The perimeter has no corners'],
    ['[[]]', 'The perimeter has no corners'],
    ['[[1,2]]', 'A perimeter needs two corners at least'],
    ['[[1,2],[3]]', 'The perimeter is no list of corners'],
    ['[[1,"a"],[3,4]]', 'The perimeter is no list of corners'],
    ['[[1,2],[3,null]]', 'The perimeter is no list of corners'],
    [`${'['.repeat(60)}${']'.repeat(60)}`, 'The perimeter is nested too deeply'],
    [JSON.stringify(Array.from({ length: 10_001 }, (_, n) => [n, n])), 'A perimeter may have 10000 corners'],
    [
      JSON.stringify([square(0, 1), square(0, 1)].map((ring) => Array.from({ length: 300 }, () => ring).flat())),
      'The perimeter has too many rings of too many corners',
    ],
  ])('%.30s', (text, message) => {
    expect(parsePolygon(text)).toEqual({ ok: false, message })
  })
})

test('a ring of many corners around another one is looked at within a second', () => {
  const circle = (radius: number) =>
    Array.from({ length: 1_000 }, (_, n) => [
      radius * Math.cos((n * 2 * Math.PI) / 1_000),
      radius * Math.sin((n * 2 * Math.PI) / 1_000),
    ])
  const started = performance.now()
  const area = areaOf([circle(1), circle(0.9)])
  expect([area.contains(0, 0.95), area.contains(0, 0.5)]).toEqual([true, false])
  expect(performance.now() - started).toBeLessThan(1_000)
})

const equator = (longitude: number): Coordinates => ({ latitude: 0, longitude })
const degreeKm = (Math.PI / 180) * 6_371.0087714

test.each<[Coordinates, Coordinates, RangeUnit, number]>([
  [equator(0), equator(1), 'KILOMETER', degreeKm],
  [equator(0), equator(1), 'METER', degreeKm * 1_000],
  [equator(0), equator(1), 'FOOT', degreeKm * 3_280.84],
  [equator(0), equator(1), 'MILE', degreeKm * 0.62137],
  [equator(0), equator(1), 'NAUTICAL_MILE', degreeKm * 0.539957],
  [equator(179.5), equator(-179.5), 'KILOMETER', degreeKm],
  [equator(0), equator(180), 'KILOMETER', degreeKm * 180],
  [equator(5), equator(5), 'METER', 0],
  [{ latitude: 90, longitude: 0 }, { latitude: 90, longitude: 120 }, 'KILOMETER', 0],
  [{ latitude: 60, longitude: 0 }, { latitude: 61, longitude: 0 }, 'KILOMETER', degreeKm],
  [equator(0), { latitude: 45, longitude: 45 }, 'KILOMETER', degreeKm * 60],
])('from %o to %o in %s', (a, b, unit, expected) => {
  const found = distanceBetween(a, b, unit)
  expect(Math.abs(found - expected)).toBeLessThan(Math.max(1e-6, expected * 1e-9))
  expect(distanceBetween(b, a, unit)).toBeCloseTo(found, 9)
})
