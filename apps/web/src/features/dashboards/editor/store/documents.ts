import type { DashboardDocumentData } from '@thingwire/contracts'
import {
  currentForm,
  type DashboardContradiction,
  type EditedDashboard,
  mergeDashboards,
} from '@thingwire/dashboards/edit'
import { isEqual } from '@thingwire/editing'
import type { DraftModel } from '../../../drafts/model.ts'

/** What is stored, in the form that is edited. */
export const toEdited = (data: DashboardDocumentData): EditedDashboard => ({
  title: data.title,
  image: data.image,
  mobileHide: data.mobileHide,
  mobileOrder: data.mobileOrder,
  configuration: currentForm(data.configuration),
})

export const toData = (document: EditedDashboard): DashboardDocumentData => ({
  ...document,
  configuration: { ...document.configuration },
})

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value made of what is in one of the others already, wherever that is equal: less is read and drawn anew. */
const reuseValue = (value: unknown, known: readonly unknown[]): unknown => {
  const same = known.find((one) => isEqual(one, value))
  if (same !== undefined || !isRecord(value)) return same ?? value
  const records = known.filter(isRecord)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      reuseValue(
        member,
        records.flatMap((one) => (Object.hasOwn(one, name) ? [one[name]] : [])),
      ),
    ]),
  )
}

const isSame = (a: EditedDashboard, b: EditedDashboard): boolean => a === b || isEqual(a, b)

/** Dashboards as drafts take them. */
export const dashboardDrafts: DraftModel<EditedDashboard, DashboardContradiction> = {
  isSame,
  reuse: (document, ...known) =>
    known.find((one) => isSame(one, document)) ?? {
      ...document,
      configuration: reuseValue(
        document.configuration,
        known.map(({ configuration }) => configuration),
      ) as EditedDashboard['configuration'],
    },
  merge: (base, mine, theirs, choices) => {
    const { dashboard, contradictions } = mergeDashboards(base, mine, theirs, choices)
    return { document: dashboard, contradictions }
  },
}
