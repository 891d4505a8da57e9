import { type DashboardDocument, readDashboard } from '@thingwire/dashboards'

/**
 * Reads a configuration again and again as it is edited: what did not change is the same object as before, so that only
 * what did is drawn anew.
 */
export const createDraftReader = (): ((configuration: unknown) => DashboardDocument) => {
  let before: DashboardDocument | null = null
  return (configuration) => {
    if (before && before.raw === configuration) return before
    const known = before
    const { document } = readDashboard(configuration, known?.widgets)
    const read: DashboardDocument = {
      ...document,
      aliases: sameMap(document.aliases, known?.aliases),
      filters: sameMap(document.filters, known?.filters),
      states: sameMap(document.states, known?.states),
      timeWindow: same(document.timeWindow, known?.timeWindow),
      settings: same(document.settings, known?.settings),
    }
    before = read
    return read
  }
}

const same = <T>(value: T, known: T | undefined): T =>
  known !== undefined && JSON.stringify(known) === JSON.stringify(value) ? known : value

const sameMap = <T>(map: ReadonlyMap<string, T>, known: ReadonlyMap<string, T> | undefined): ReadonlyMap<string, T> =>
  known &&
  known.size === map.size &&
  [...map].every(([id, one]) => JSON.stringify(known.get(id)) === JSON.stringify(one))
    ? known
    : map
