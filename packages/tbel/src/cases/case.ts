/**
 * A script, what it gives, and the values of its arguments as JSON. The result is written as literals of the language
 * (`5L` a Long, `2.0` a Double, `2.0f` a Float, `#{…}` a Set); `error` when it ends in an error, `refused` when it is not
 * translated at all. The results are those of the language as ThingsBoard runs it.
 */
export type Case = readonly [source: string, result: string, args?: string]
