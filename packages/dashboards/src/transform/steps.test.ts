import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TransformationStep } from './model.ts'
import { readTransformation, readTransformations } from './read.ts'
import { applyTransformations } from './steps.ts'
import { mostRows, type SeriesInput, seriesOf, tableOf } from './table.ts'

const series = (entityName: string, label: string, points: [number, unknown][]): SeriesInput => ({
  ...{ entityId: entityName, entityName, label, units: '°C', decimals: 1 },
  points,
})
const house = tableOf([
  series('A', 't', [
    [10, 1],
    [20, 2],
    [30, 6],
  ]),
  series('A', 'h', [
    [10, 50],
    [31, 60],
  ]),
  series('B', 't', [
    [10, '3'],
    [20, null],
  ]),
])
const steps = (...files: object[]): TransformationStep[] => readTransformations(files)
const after = (...files: object[]) => applyTransformations(house, steps(...files))
const plain = (...files: object[]) => {
  const { columns, rows } = after(...files)
  return [columns.map(({ name }) => name), ...rows]
}

const joinEntity = { type: 'join', by: 'entity' }
const onlyT = { type: 'filter', conditions: [{ column: 'Key', operation: 'equal', value: 't' }] }

describe('transformations of a table', () => {
  it('begin with a row for each point', () => {
    expect(plain()).toEqual([
      ['Entity', 'Key', 'Time', 'Value'],
      ['A', 't', 10, 1],
      ['A', 't', 20, 2],
      ['A', 't', 30, 6],
      ['A', 'h', 10, 50],
      ['A', 'h', 31, 60],
      ['B', 't', 10, '3'],
      ['B', 't', 20, null],
    ])
    expect(house.columns[3]).toEqual({ name: 'Value', kind: 'other', units: '°C', decimals: 1 })
  })

  it.each<[string, object[], unknown[][]]>([
    [
      'join by time, keys of several entities told apart',
      [{ type: 'join', by: 'time' }],
      [
        ['Time', 'A · t', 'A · h', 'B · t'],
        [10, 1, 50, '3'],
        [20, 2, null, null],
        [30, 6, null, null],
        [31, null, 60, null],
      ],
    ],
    [
      'join times that are near',
      [{ type: 'join', by: 'time', toleranceMs: 5 }],
      [
        ['Time', 'A · t', 'A · h', 'B · t'],
        [10, 1, 50, '3'],
        [20, 2, null, null],
        [30, 6, 60, null],
      ],
    ],
    [
      'join by entity: the newest of each key',
      [joinEntity],
      [
        ['Entity', 't', 'h'],
        ['A', 6, 60],
        ['B', null, null],
      ],
    ],
    [
      'rename, and hide',
      [
        joinEntity,
        {
          type: 'rename',
          names: [
            { from: 't', to: 'Temperature' },
            { from: 'h', to: '' },
          ],
        },
      ],
      [
        ['Entity', 'Temperature'],
        ['A', 6],
        ['B', null],
      ],
    ],
    [
      'never give a name twice',
      [
        joinEntity,
        {
          type: 'rename',
          names: [
            { from: 't', to: 'x' },
            { from: 'h', to: 'x' },
          ],
        },
      ],
      [
        ['Entity', 'x', 'x 2'],
        ['A', 6, 60],
        ['B', null, null],
      ],
    ],
    [
      'calculate with two columns',
      [
        joinEntity,
        {
          type: 'calculate',
          name: 'd',
          how: { kind: 'binary', left: { column: 'h' }, operation: '/', right: { column: 't' } },
        },
      ],
      [
        ['Entity', 't', 'h', 'd'],
        ['A', 6, 60, 10],
        ['B', null, null, null],
      ],
    ],
    [
      'give nothing for a division by zero',
      [
        joinEntity,
        {
          type: 'calculate',
          name: 't',
          how: { kind: 'binary', left: { column: 't' }, operation: '/', right: { value: 0 } },
        },
      ],
      [
        ['Entity', 't', 'h'],
        ['A', null, 60],
        ['B', null, null],
      ],
    ],
    [
      'calculate with one column',
      [
        joinEntity,
        { type: 'calculate', name: 'n', replaces: true, how: { kind: 'unary', operation: 'negate', of: 't' } },
      ],
      [
        ['Entity', 'n'],
        ['A', -6],
        ['B', null],
      ],
    ],
    [
      'calculate by an expression',
      [
        joinEntity,
        { type: 'calculate', name: 'f', how: { kind: 'expression', text: 'if([t] > 5, upper(Entity), "low")' } },
      ],
      [
        ['Entity', 't', 'h', 'f'],
        ['A', 6, 60, 'A'],
        ['B', null, null, 'low'],
      ],
    ],
    [
      'fold a window of rows, each series by itself',
      [
        onlyT,
        { type: 'calculate', name: 'm', how: { kind: 'window', operation: 'movingMean', of: 'Value', size: 2 } },
        { type: 'select', columns: ['Time', 'm'] },
      ],
      [
        ['Time', 'm'],
        [10, 1],
        [20, 1.5],
        [30, 4],
        [10, 3],
        [20, null],
      ],
    ],
    [
      'count the change a second',
      [
        onlyT,
        { type: 'calculate', name: 'r', how: { kind: 'window', operation: 'rate', of: 'Value' } },
        { type: 'select', columns: ['r'] },
      ],
      [['r'], [null], [100], [400], [null], [null]],
    ],
    [
      'add up',
      [
        onlyT,
        { type: 'calculate', name: 's', how: { kind: 'window', operation: 'total', of: 'Value' } },
        { type: 'select', columns: ['s'] },
      ],
      [['s'], [1], [3], [9], [3], [null]],
    ],
    [
      'group and fold',
      [
        {
          type: 'group',
          by: ['Key'],
          folds: [
            { of: 'Value', how: 'mean' },
            { of: 'Value', how: 'count', as: 'n' },
            { of: 'Time', how: 'max', as: 'newest' },
          ],
        },
      ],
      [
        ['Key', 'Value (mean)', 'n', 'newest'],
        ['t', 3, 4, 30],
        ['h', 55, 2, 31],
      ],
    ],
    [
      'group times by steps',
      [onlyT, { type: 'group', by: ['Time'], everyMs: 20, folds: [{ of: 'Value', how: 'sum', as: 's' }] }],
      [
        ['Time', 's'],
        [0, 4],
        [20, 8],
      ],
    ],
    [
      'filter by any condition, or leave those out',
      [
        {
          type: 'filter',
          match: 'any',
          keep: false,
          conditions: [
            { column: 'Key', operation: 'equal', value: 'T' },
            { column: 'Value', operation: 'between', value: 55, to: 65 },
          ],
        },
      ],
      [
        ['Entity', 'Key', 'Time', 'Value'],
        ['A', 'h', 10, 50],
      ],
    ],
    [
      'sort, nothing last',
      [
        joinEntity,
        { type: 'sort', by: [{ column: 't', descending: false }] },
        { type: 'limit', count: 1, from: 'end' },
      ],
      [
        ['Entity', 't', 'h'],
        ['B', null, null],
      ],
    ],
    [
      'limit',
      [{ type: 'limit', count: 1 }],
      [
        ['Entity', 'Key', 'Time', 'Value'],
        ['A', 't', 10, 1],
      ],
    ],
    [
      'pivot',
      [{ type: 'pivot', rows: 'Entity', columns: 'Key', values: 'Value', how: 'max' }],
      [
        ['Entity', 't', 'h'],
        ['A', 6, 60],
        ['B', 3, null],
      ],
    ],
    [
      'leave the table as it is where a column is not there',
      [
        { type: 'sort', by: [{ column: 'x' }] },
        { type: 'group', by: ['x'], folds: [{ of: 'Value', how: 'sum' }] },
        { type: 'pivot', rows: 'x', columns: 'Key', values: 'Value' },
        { type: 'calculate', name: 'y', how: { kind: 'unary', operation: 'abs', of: 'x' } },
        { type: 'filter', conditions: [{ column: 'x', operation: 'isEmpty' }] },
        { type: 'select', columns: ['x'] },
        { ...joinEntity, off: true },
        { type: 'limit', count: 1 },
      ],
      [
        ['Entity', 'Key', 'Time', 'Value'],
        ['A', 't', 10, 1],
      ],
    ],
  ])('%s', (_name, files, expected) => {
    expect(files.every((file) => readTransformation(file) !== null)).toBe(true)
    expect(plain(...files)).toEqual(expected)
  })

  it('go back to series', () => {
    const points = (files: object[]) =>
      seriesOf(after(...files)).map(({ entityName, label, points: list }) => [entityName, label, list])
    expect(points([])).toEqual([
      [
        'A',
        't',
        [
          [10, 1],
          [20, 2],
          [30, 6],
        ],
      ],
      [
        'A',
        'h',
        [
          [10, 50],
          [31, 60],
        ],
      ],
      ['B', 't', [[10, '3']]],
    ])
    expect(points([{ type: 'join', by: 'time' }])).toEqual([
      [
        '',
        'A · t',
        [
          [10, 1],
          [20, 2],
          [30, 6],
        ],
      ],
      [
        '',
        'A · h',
        [
          [10, 50],
          [31, 60],
        ],
      ],
      ['', 'B · t', [[10, '3']]],
    ])
    expect(points([joinEntity])).toEqual([])
  })

  it('keep the newest of more points than can be held', () => {
    const many = Array.from({ length: mostRows }, (_, index): [number, unknown] => [index, index])
    const table = tableOf([series('A', 't', many), series('A', 'u', many)])
    expect([table.rows.length, table.rows.at(-1)?.[2]]).toEqual([mostRows, mostRows - 1])
    expect(seriesOf(table)).toHaveLength(2)
  })

  it('leave out what is none, and keep the order', () => {
    expect(
      readTransformations([
        null,
        7,
        { type: 'teleport' },
        { type: 'limit', count: 0 },
        { type: 'calculate', name: 'x', how: { kind: 'expression', text: '(' } },
        { type: 'limit', count: 3.7 },
      ]),
    ).toEqual([{ transformation: { type: 'limit', count: 3, from: 'start' }, isOff: false }])
    expect(readTransformations('x')).toEqual([])
  })

  it('hold whatever is written and whatever values come', () => {
    const type = fc.constantFrom('join', 'rename', 'calculate', 'group', 'filter', 'sort', 'limit', 'pivot', 'select')
    const name = fc.constantFrom('Entity', 'Key', 'Time', 'Value', 'x', 't', '__proto__')
    const file = fc.record({
      ...{ type, by: fc.oneof(fc.constant('entity'), fc.array(name), fc.array(fc.record({ column: name }))) },
      ...{ name, columns: fc.oneof(name, fc.array(name)), rows: name, values: name, count: fc.double() },
      names: fc.array(fc.record({ from: name, to: fc.oneof(name, fc.constant('')) })),
      folds: fc.array(fc.record({ of: name, how: fc.constantFrom('sum', 'first', 'distinct', 'stddev') })),
      conditions: fc.array(
        fc.record({ column: name, operation: fc.constantFrom('less', 'matches', 'isTrue'), value: fc.jsonValue() }),
      ),
      how: fc.record({
        kind: fc.constantFrom('unary', 'window', 'binary'),
        operation: fc.constantFrom('abs', 'delta', 'rate', 'movingMedian', '+'),
        of: name,
        left: fc.record({ column: name }),
        right: fc.record({ value: fc.double() }),
        size: fc.double(),
      }),
    })
    const value = fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null), fc.jsonValue())
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), value), { maxLength: 20 })
    fc.assert(
      fc.property(fc.array(points, { maxLength: 4 }), fc.array(file, { maxLength: 6 }), (lists, files) => {
        const table = applyTransformations(
          tableOf(lists.map((list, index) => series(`E${index % 2}`, `k${index}`, list))),
          steps(...files),
        )
        const names = table.columns.map((one) => one.name)
        expect(new Set(names).size).toBe(names.length)
        for (const row of table.rows) expect(row).toHaveLength(table.columns.length)
        seriesOf(table)
      }),
    )
  })
})
