import { isJson, type Json, jsonOf } from '../../side/json.ts'

const orderOf = (axis: Json): number => (typeof axis.order === 'number' ? axis.order : 0)

/** Axes as a chart has them, in order; the first one is always there. */
export const axesIn = (value: unknown): readonly { id: string; axis: Json }[] =>
  Object.entries({ default: {}, ...jsonOf(value) })
    .flatMap(([id, axis]) => (isJson(axis) ? [{ id, axis }] : []))
    .sort((a, b) => orderOf(a.axis) - orderOf(b.axis))

/** Numbered as ThingsBoard does. */
export const freeAxisId = (ids: readonly string[]): string => {
  for (let number = ids.length + 1; ; number += 1) if (!ids.includes(`axis${number}`)) return `axis${number}`
}

/** The same axes in the order of `ids`. */
export const ordered = (axes: Json, ids: readonly string[]): Json => ({
  ...axes,
  ...Object.fromEntries(ids.map((id, order) => [id, { ...jsonOf(axes[id]), order }])),
})
