/** A Double or Float with an integral value, a Float, or a Byte: what a plain number cannot say. */
export type Boxed = { readonly type: 'byte' | 'float' | 'double'; readonly value: number }

/** An entry of a map, as a loop over the map gives it. */
export type Entry = { readonly key: unknown; value: unknown }

/** An array of fixed length; its items are held in `items` and have the type's name. */
export type JavaArray = { readonly type: string; readonly items: unknown[] }

/** A sign of a text. It is like a text of one sign, but a cast gives its number. */
export type Char = { readonly text: string }

export type TbelDate = { ms: number }

/** An object with methods of its own, like a Random. */
export type Instance = { readonly type: string; readonly methods: Table }

/** What a helper function, a static method or a method takes: values of the language. */
export type Callable = (...parameters: unknown[]) => unknown
export type Table = Record<string, Callable>

/**
 * The value of the prelude: everything generated code calls, and what the host calls (`fromJson`, `toJson`, `text`).
 * Each install function of this folder adds its part. They become text (`runtime-text.ts`), so each may use only its
 * parameter and what it declares itself.
 *
 * Values: Integer is a number of 32 bits; Double is a number that is no such integer, else boxed; Long is a bigint; Float
 * and Byte are boxed; String is a string; Character is a Char; Map, List and Set are Map, Array and Set.
 */
export type Runtime = {
  Boxed: new (type: Boxed['type'], value: number) => Boxed
  Entry: new (key: unknown, value: unknown) => Entry
  JavaArray: new (type: string, items: unknown[]) => JavaArray
  Date: new (ms: number) => TbelDate
  Instance: new (type: string, methods: Table) => Instance
  Char: new (text: string) => Char
  /** The sign with this code; each is there only once. */
  char: (code: number) => Char
  /** A sign as the text that it is; anything else as it is. */
  plain: (value: unknown) => unknown
  fail: (message: string) => never
  isNull: (value: unknown) => value is null | undefined
  double: (value: number) => unknown
  float: (value: number) => Boxed
  byte: (value: number) => Boxed
  /** The Integer of a number's low 32 bits, and the Long of a bigint's low 64. */
  long: (value: bigint) => bigint
  saturatedInt: (value: number) => number
  saturatedLong: (value: number) => bigint
  /** The value of any number; NaN for what is none. */
  numberOf: (value: unknown) => number
  isNumber: (value: unknown) => boolean
  kindOf: (value: unknown) => number
  /** A parameter that must be a whole number. */
  int: (value: unknown) => number
  string: (value: unknown) => string
  list: (value: unknown) => unknown[]
  typeName: (value: unknown) => string
  /** Java's toString of a value. */
  text: (value: unknown) => string
  doubleText: (value: number) => string
  floatText: (value: number) => string
  /** What a value counts as beside a boolean. */
  boolean: (value: unknown) => boolean
  equals: (left: unknown, right: unknown) => boolean
  compare: (left: unknown, right: unknown) => number
  hash: (value: unknown) => number
  fromJson: (text: string) => unknown
  toJson: (value: unknown) => string
  /** The regular expression of Java's text, with these flags. */
  pattern: (text: string, flags: string) => RegExp
  replacement: (text: string) => string
  empty: unknown
  map: (keysAndValues: unknown[]) => Map<unknown, unknown>
  put: (map: Map<unknown, unknown>, key: unknown, value: unknown) => unknown
  items: (value: unknown) => Iterable<unknown>
  /** What a loop walks through: items, or the numbers from 1 to an Integer. */
  rounds: (value: unknown) => Iterable<unknown>
  helpers: Table
  stringMethods: Table
  listMethods: Table
  mapMethods: Table
  setMethods: Table
  numberMethods: Table
  dateMethods: Table
  classes: Record<string, Record<string, unknown>>
  [operation: string]: unknown
}
