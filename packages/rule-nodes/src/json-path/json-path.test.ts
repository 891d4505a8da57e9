import { parseExactJson } from '@thingwire/rules'
import { describe, expect, it, test } from 'vitest'
import { evaluatePath } from './evaluate-path.ts'
import { written } from './handler.ts'
import { parsePath } from './parse-path.ts'

const store = {
  store: {
    book: [
      { category: 'reference', author: 'Rees', title: 'Century', price: 8.95 },
      { category: 'fiction', author: 'Waugh', title: 'Honour', price: 12.99 },
      { category: 'fiction', author: 'Melville', title: 'Moby', isbn: '0-553', price: 8.99, tags: ['sea', 'whale'] },
      { category: 'fiction', author: 'Tolkien', title: 'Rings', isbn: '0-395', price: 22.99, tags: [] },
    ],
    bicycle: { color: 'red', price: 19.95 },
  },
  limit: 10,
  numbers: [3, 1, 2],
  texts: ['a', 'b'],
  'odd name': { 'it.em': 1 },
  nothing: null,
  empty: [],
  flag: false,
  rooms: { a: { t: [20, 22] }, b: { t: [30] } },
  mixed: [1, '1', true, null, { n: 1 }, [1]],
}

const run = (path: string, data: unknown = store): string => {
  const parsed = parsePath(path)
  if (!parsed.ok) throw new Error(parsed.message)
  return written(evaluatePath(parsed.path, parseExactJson(JSON.stringify(data))))
}

const table: [path: string, result: unknown][] = [
  // Members
  ['$.limit', 10],
  ['limit', 10],
  ["$['limit']", 10],
  ['$["limit"]', 10],
  ["$['odd name']['it.em']", 1],
  ['$.store.bicycle.color', 'red'],
  ['$.nothing', null],
  ['$.flag', false],
  ["$.store.bicycle['color','price']", { color: 'red', price: 19.95 }],
  ["$.store.bicycle['color','missing']", { color: 'red' }],
  ["$.store.book[0]['author','title']", { author: 'Rees', title: 'Century' }],
  ["$.rooms['a','b'].t", [[20, 22], [30]]],
  ['$', store],
  // Items
  ['$.numbers[0]', 3],
  ['$.numbers[-1]', 2],
  ['$.numbers[0,2]', [3, 2]],
  ['$.numbers[0,9]', [3]],
  ['$.numbers[0:2]', [3, 1]],
  ['$.numbers[1:]', [1, 2]],
  ['$.numbers[:2]', [3, 1]],
  ['$.numbers[-2:]', [1, 2]],
  ['$.numbers[:-1]', [3, 1]],
  ['$.numbers[5:]', []],
  ['$.store.book[ 0 ].title', 'Century'],
  ['$.store.book[0, 1].title', ['Century', 'Honour']],
  // Wildcards
  ['$.numbers[*]', [3, 1, 2]],
  ['$.numbers.*', [3, 1, 2]],
  ['$.store.bicycle.*', ['red', 19.95]],
  ['$.store.book[*].author', ['Rees', 'Waugh', 'Melville', 'Tolkien']],
  ['$.store.book[*].isbn', ['0-553', '0-395']],
  ['$.empty[*]', []],
  ['$.limit.*', []],
  // Deep scans
  ['$..author', ['Rees', 'Waugh', 'Melville', 'Tolkien']],
  ["$..['author']", ['Rees', 'Waugh', 'Melville', 'Tolkien']],
  ['$..book[2].title', ['Moby']],
  ['$..t[0]', [20, 30]],
  ['$.rooms..t', [[20, 22], [30]]],
  ['$..missing', []],
  ['$.rooms..*', [{ t: [20, 22] }, { t: [30] }, [20, 22], 20, 22, [30], 30]],
  ["$..bicycle['color','price']", [{ color: 'red', price: 19.95 }]],
  ['$..[?(@.color)].price', [19.95]],
  // Filters
  ['$.store.book[?(@.isbn)].title', ['Moby', 'Rings']],
  ['$.store.book[?(!@.isbn)].title', ['Century', 'Honour']],
  ['$.store.book[?(!(@.isbn))].title', ['Century', 'Honour']],
  ['$.store.book[?(@.price < 10)].title', ['Century', 'Moby']],
  ['$.store.book[?(@.price<=8.95)].title', ['Century']],
  ['$.store.book[?(@.price > $.limit)].title', ['Honour', 'Rings']],
  ["$.store.book[?(@.category == 'fiction' && @.price < 10)].title", ['Moby']],
  ["$.store.book[?(@.author == 'Rees' || @.price > 20)].title", ['Century', 'Rings']],
  ["$.store.book[?((@.author == 'Rees' || @.price > 20) && @.isbn)].title", ['Rings']],
  ["$.store.book[?(@['category'] != 'fiction')].title", ['Century']],
  ['$.store.book[?(@.isbn != null)].title', ['Century', 'Honour', 'Moby', 'Rings']],
  ['$.store.book[?(@.author =~ /.*O.*/i)].title', ['Rings']],
  ['$.store.book[?(@.author =~ /Wau/)].title', []],
  ["$.store.book[?(@.author in ['Rees', 'Waugh'])].title", ['Century', 'Honour']],
  ['$.store.book[?(@.author nin ["Rees", "Waugh"])].title', ['Moby', 'Rings']],
  ["$.store.book[?('sea' in @.tags)].title", ['Moby']],
  ["$.store.book[?(@.tags contains 'whale')].title", ['Moby']],
  ["$.store.book[?(@.title contains 'ing')].title", ['Rings']],
  ['$.store.book[?(@.tags size 2)].title', ['Moby']],
  ['$.store.book[?(@.tags empty true)].title', ['Rings']],
  ['$.store.book[?(@.tags empty false)].title', ['Moby']],
  ["$.store.book[?(@.tags subsetof ['sea','whale','ship'])].title", ['Moby', 'Rings']],
  ["$.store.book[?(@.tags anyof ['sea','ship'])].title", ['Moby']],
  ["$.store.book[?(@.tags noneof ['sea','ship'])].title", ['Rings']],
  ["$.store.book[?(@.tags all ['sea','whale'])].title", ['Moby']],
  ['$.store.book[?(@.tags.length() == 2)].title', ['Moby']],
  ['$.numbers[?(@ > 1)]', [3, 2]],
  ['$.mixed[?(@ == 1)]', [1, '1']],
  ['$.mixed[?(@ == null)]', [null]],
  ['$.mixed[?(@ == true)]', [true]],
  ['$.mixed[?(@ == [1])]', [[1]]],
  ["$.mixed[?(@ == {'n': 1})]", [{ n: 1 }]],
  ['$.store.bicycle[?(@.price > 10)]', [store.store.bicycle]],
  ['$.store.book[?(@.price > 100)]', []],
  ['$.store.book[?(@.isbn)][0]', []],
  // Functions
  ['$.numbers.length()', 3],
  ['$.numbers.size()', 3],
  ['$.store.bicycle.length()', 2],
  ['$.limit.length()', null],
  ['$.length($.texts)', 2],
  ['$.store.bicycle.keys()', ['color', 'price']],
  ['$.texts.concat()', 'ab'],
  ['$.texts.concat("-", $.limit)', 'ab-10'],
  ['$.numbers.append(4)', [3, 1, 2, 4]],
  ['$.numbers.first()', 3],
  ['$.numbers.last()', 2],
  ['$.numbers.index(1)', 1],
  ['$.numbers.index(-1)', 2],
  ['$.store.book.first().title', 'Century'],
  ['$..book.length()', 4],
  ['$.rooms[*].t.length()', [2, 1]],
]

test.each(table)('%s', (path, result) => {
  expect(JSON.parse(run(path))).toEqual(result)
})

test.each([
  ['$.numbers.min()', '1.0'],
  ['$.numbers.max()', '3.0'],
  ['$.numbers.sum()', '6.0'],
  ['$.numbers.avg()', '2.0'],
  ['$.numbers.stddev()', '0.816496580927726'],
  ['$.sum(1, 2.5, $.limit)', '13.5'],
  ['$..price.max()', '22.99'],
  ['$.store.book[*].price.min()', '8.95'],
  ['$.rooms[*].t.sum()', '[42.0,30.0]'],
])('%s is %s, a number with a point', (path, result) => {
  expect(run(path)).toBe(result)
})

it('writes numbers as they were written', () => {
  const parsed = parsePath('$.a')
  if (!parsed.ok) throw new Error(parsed.message)
  const data = parseExactJson('{"a":[20.0,12345678901234567890]}')
  expect(written(evaluatePath(parsed.path, data))).toBe('[20.0,12345678901234567890]')
})

test.each([
  ['$.missing', 'Member "missing" was asked for; there is no such place in the data'],
  ['$.limit.a', 'Member "a" was asked for; there is no such place in the data'],
  ['$.numbers[3]', 'Item 3 was asked for; there is no such place in the data'],
  ['$.limit[0]', 'Item 0 was asked for; there is no such place in the data'],
  ['$.limit[0:1]', 'A slice of what is no list was asked for; there is no such place in the data'],
  [
    '$.limit[?(@.a)]',
    'A filter of what is neither a list nor an object was asked for; there is no such place in the data',
  ],
  ['$.constructor', 'Member "constructor" was asked for; there is no such place in the data'],
  ['$.texts.sum()', 'sum() has no numbers to work with'],
  ['$.empty.first()', 'There is no such item in the list'],
])('%s fails: %s', (path, message) => {
  expect(() => run(path)).toThrow(message)
})

test.each([
  ['', 'it is empty'],
  ['$.', 'it ends with a point'],
  ['$..', 'it ends with a point'],
  ['$[', 'unexpected its end at character 3'],
  ['$[]', 'unexpected "]" at character 3'],
  ["$['a", 'a quoted text has no end'],
  ['$[1:2:3]', 'unexpected ":" at character 6, expected "]"'],
  ['$.a b', 'unexpected " " at character 4'],
  ['$[?(@.a >)]', 'unexpected ")" at character 10'],
  ['$[?(@.a > 1]', 'unexpected "]" at character 12, expected ")"'],
  ['$[?(@.a like 1)]', 'there is no operator like'],
  ['$[?(1)]', 'unexpected ")" at character 6'],
  ['$.a.median()', 'there is no function median()'],
  ['$[?(@.a =~ /(/)]', 'error parsing regexp: missing closing ): `(`'],
  ['$[?(@.a =~ /a)]', 'a regular expression has no end'],
  [`$${'[?(@'.repeat(60)}`, 'it is nested deeper than 50 levels'],
  [`$${'.a'.repeat(6_000)}`, 'it is longer than 10000 characters'],
])('%s is refused: %s', (path, message) => {
  expect(parsePath(path)).toEqual({ ok: false, message })
})

describe('work is bounded', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1), nested(depth - 1)])

  it('gives up a path that leads to too many places', () => {
    expect(() => run('$..*..*..*', nested(12))).toThrow('The JSON path leads to more than 20000 places')
  })

  it('gives up conditions that look at everything for everything', () => {
    const list = Array.from({ length: 1_000 }, (_, n) => ({ n }))
    expect(() => run('$[?($[?(@.n == -1)].length() == 5)]', list)).toThrow('takes more than 200000 steps')
    expect(() => run('$[?(@.concat($..*) == "x")]', list)).toThrow('takes more than 200000 steps')
  })

  it('gives up data that is nested too deeply', () => {
    let text = '1'
    for (let n = 0; n < 600; n++) text = `[${text}]`
    const parsed = parsePath('$..a')
    expect(() => parsed.ok && evaluatePath(parsed.path, JSON.parse(text))).toThrow('nested deeper than 500 levels')
  })

  it('runs a catastrophic expression in linear time', () => {
    expect(run('$[?(@ =~ /(a+)+b/)]', ['a'.repeat(5_000), 'aab'])).toBe('["aab"]')
  })
})
