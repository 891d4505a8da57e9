import { parse } from 'node:querystring'

const bracketed = /(^|&)([^=&]+?)(?:\[\]|%5B%5D)(?==|&|$)/gi

/**
 * The parameters of a query. JavaScript clients write the items of a list as `name[]=a&name[]=b`; they mean
 * `name=a&name=b`, and a filter must not be lost for that.
 */
export const parseQueryText = (text: string): Record<string, unknown> => parse(text.replace(bracketed, '$1$2'))
