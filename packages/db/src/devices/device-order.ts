import type { PageLink } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { sortColumn, sortDirection } from '../rows.ts'
import { type DeviceSelection, isActive } from './device-filter.ts'

/** Ids of one page in order, and how many devices there are in all. */
export type DevicePage = { ids: string[]; total: number }

type Direction = 'asc' | 'desc'
type ByColumn = { column: 'd.id' | 'd.created_time' | 'd.name' }
type ByGroup = { group: keyof typeof groupings }

/**
 * A page of 100,000 devices costs no more than walking half of one index: what has an index is walked from the nearer
 * end; what sorts by a name that many devices share is counted by that name first, and only the groups on the page are
 * walked.
 */
export const pageOfDevices = (sql: Sql, selection: DeviceSelection, link: PageLink): Promise<DevicePage> => {
  const order = sortColumn<ByColumn | ByGroup>(link, orders, { column: 'd.id' })
  const direction = sortDirection(link)
  const range = { offset: link.page * link.pageSize, limit: link.pageSize }
  return 'column' in order
    ? pageByColumn(sql, selection, order.column, direction, range)
    : pageByGroup(sql, selection, order.group, direction, range)
}

const orders: Readonly<Record<string, ByColumn | ByGroup>> = {
  id: { column: 'd.id' },
  createdTime: { column: 'd.created_time' },
  name: { column: 'd.name' },
  label: { group: 'label' },
  type: { group: 'profile' },
  deviceProfileName: { group: 'profile' },
  customerTitle: { group: 'customer' },
  active: { group: 'active' },
}

type Range = { offset: number; limit: number }
/** Up to here the count can run beside the page instead of before it. */
const nearOffset = 5_000

const pageByColumn = async (
  sql: Sql,
  selection: DeviceSelection,
  column: string,
  direction: Direction,
  range: Range,
): Promise<DevicePage> => {
  const part = { ...selection, order: column === 'd.id' ? ['d.id'] : [column, 'd.id'], direction }
  if (range.offset <= nearOffset) {
    const [total, ids] = await Promise.all([count(sql, selection), walk(sql, part, range)])
    return { ids, total }
  }
  const total = await count(sql, selection)
  return { ids: await walkFromNearerEnd(sql, part, range, total), total }
}

const count = async (sql: Sql, { where, values, wholeTenant }: DeviceSelection): Promise<number> => {
  if (wholeTenant) return countWhole(sql, wholeTenant.id, wholeTenant.active)
  const { rows } = await sql.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM devices d ${where}`,
    values: [...values],
  })
  return rows[0]?.total ?? 0
}

/** From two indexes, which a join of the tables would be several times slower than. */
const countWhole = async (sql: Sql, tenantId: string, active: boolean | undefined): Promise<number> => {
  const countIn = async (table: 'devices' | 'active_devices') => {
    const { rows } = await sql.query<{ total: number }>({
      text: `SELECT count(*) AS total FROM ${table} WHERE tenant_id = $1`,
      values: [tenantId],
    })
    return rows[0]?.total ?? 0
  }
  if (active) return countIn('active_devices')
  const [all, activeOnes] = await Promise.all([countIn('devices'), active === false ? countIn('active_devices') : 0])
  return all - activeOnes
}

type Part = DeviceSelection & { order: readonly string[]; direction: Direction }

const walk = async (sql: Sql, part: Part, { offset, limit }: Range): Promise<string[]> => {
  const { where, values, order, direction } = part
  const { rows } = await sql.query<{ id: string }>({
    text: `SELECT d.id FROM devices d ${where}
           ORDER BY ${order.map((column) => `${column} ${direction}`).join(', ')}
           LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
    values: [...values, limit, offset],
  })
  return rows.map(({ id }) => id)
}

const walkFromNearerEnd = async (sql: Sql, part: Part, { offset, limit }: Range, total: number): Promise<string[]> => {
  const wanted = Math.min(limit, total - offset)
  if (wanted <= 0) return []
  if (offset <= total / 2) return walk(sql, part, { offset, limit: wanted })
  const direction = part.direction === 'asc' ? 'desc' : 'asc'
  const ids = await walk(sql, { ...part, direction }, { offset: total - offset - wanted, limit: wanted })
  return ids.reverse()
}

type Grouping = {
  /** What devices of a group share, as text; null is a group too and comes last. */
  key: string
  /** Devices of the group whose key is the parameter. */
  isIn: (param: string, key: string) => string
  /** Orders within the group, behind nothing else. */
  within: readonly string[]
  /** The tables that the names of the keys are read from; absent: keys are their own names. */
  names?: string
}

const groupings = {
  label: {
    key: 'CASE WHEN d.label IS NOT NULL THEN 1 END',
    isIn: () => 'd.label IS NOT NULL',
    within: ['d.label', 'd.id'],
  },
  profile: {
    key: 'd.device_profile_id',
    isIn: (param: string) => `d.device_profile_id = ${param}::uuid`,
    within: ['d.id'],
    names: 'SELECT id::text AS key, name FROM device_profiles WHERE id = ANY($1::uuid[])',
  },
  customer: {
    key: 'd.customer_id',
    isIn: (param: string) => `d.customer_id = ${param}::uuid`,
    within: ['d.id'],
    names: 'SELECT id::text AS key, title AS name FROM customers WHERE id = ANY($1::uuid[])',
  },
  active: {
    key: isActive,
    // Not as a parameter: the planner shall see EXISTS or NOT EXISTS.
    isIn: (_param: string, key: string) => (key === 'true' ? isActive : `NOT ${isActive}`),
    within: ['d.id'],
  },
} as const satisfies Record<string, Grouping>

type Group = { key: string | null; total: number }

const pageByGroup = async (
  sql: Sql,
  selection: DeviceSelection,
  by: keyof typeof groupings,
  direction: Direction,
  range: Range,
): Promise<DevicePage> => {
  const grouping: Grouping = groupings[by]
  const groups = await countBy(sql, selection, by)
  const total = groups.reduce((sum, group) => sum + group.total, 0)
  const ids: string[] = []
  let before = 0
  for (const group of await sorted(sql, groups, grouping, direction)) {
    const offset = range.offset + ids.length - before
    if (offset < group.total) {
      const part = inGroup(selection, grouping, group, direction)
      ids.push(...(await walkFromNearerEnd(sql, part, { offset, limit: range.limit - ids.length }, group.total)))
      if (ids.length >= range.limit) break
    }
    before += group.total
  }
  return { ids, total }
}

const countBy = (sql: Sql, selection: DeviceSelection, by: keyof typeof groupings): Promise<Group[]> => {
  switch (by) {
    case 'active':
      return countActive(sql, selection)
    case 'label':
      return countLabelled(sql, selection)
    case 'profile':
    case 'customer':
      return countGroups(sql, selection, groupings[by])
  }
}

const countLabelled = async (sql: Sql, { where, values }: DeviceSelection): Promise<Group[]> => {
  const { rows } = await sql.query<{ labelled: number; others: number }>({
    text: `SELECT count(d.label) AS labelled, count(*) - count(d.label) AS others FROM devices d ${where}`,
    values: [...values],
  })
  return rows.flatMap(({ labelled, others }) => [
    { key: '1', total: labelled },
    { key: null, total: others },
  ])
}

const countGroups = async (sql: Sql, { where, values }: DeviceSelection, { key }: Grouping): Promise<Group[]> => {
  const { rows } = await sql.query<Group>({
    // As text only once a group: for each device it would cost more than the counting.
    text: `SELECT key::text, total FROM (SELECT ${key} AS key, count(*) AS total FROM devices d ${where} GROUP BY 1) g`,
    values: [...values],
  })
  return rows
}

const countActive = async (sql: Sql, selection: DeviceSelection): Promise<Group[]> => {
  const { wholeTenant } = selection
  if (wholeTenant?.active !== undefined)
    return [{ key: String(wholeTenant.active), total: await count(sql, selection) }]
  const active = {
    ...selection,
    where: `${selection.where ? `${selection.where} AND` : 'WHERE'} ${isActive}`,
    wholeTenant: wholeTenant && { ...wholeTenant, active: true },
  }
  const [all, activeOnes] = await Promise.all([count(sql, selection), count(sql, active)])
  return [
    { key: 'true', total: activeOnes },
    { key: 'false', total: all - activeOnes },
  ]
}

/** By name in the order asked for; devices without any come last in both. */
const sorted = async (sql: Sql, groups: Group[], { names }: Grouping, direction: Direction): Promise<Group[]> => {
  const keys = groups.flatMap(({ key }) => key ?? [])
  const known = names ? (await sql.query<{ key: string; name: string }>({ text: names, values: [keys] })).rows : []
  const nameOf = new Map(known.map(({ key, name }) => [key, name]))
  const named = groups.map((group) => ({ ...group, name: group.key && (nameOf.get(group.key) ?? group.key) }))
  return named.sort((a, b) => {
    if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null)
    const difference = a.name < b.name ? -1 : Number(a.name > b.name)
    return direction === 'asc' ? difference : -difference
  })
}

const inGroup = (selection: DeviceSelection, grouping: Grouping, { key }: Group, direction: Direction): Part => {
  const and = selection.where ? `${selection.where} AND` : 'WHERE'
  if (key === null) return { ...selection, where: `${and} (${grouping.key}) IS NULL`, order: ['d.id'], direction }
  const isIn = grouping.isIn(`$${selection.values.length + 1}`, key)
  const needsKey = isIn.includes('$')
  return {
    ...selection,
    where: `${and} ${isIn}`,
    values: needsKey ? [...selection.values, key] : selection.values,
    order: grouping.within,
    direction,
  }
}
