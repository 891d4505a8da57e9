import { isRecord, type JsonRecord, listOf, numberOf, recordOf, textOf, flagOf } from '../read.ts'
import { widgetsOf } from './parts.ts'

/**
 * A container is a widget of one of these types. What is in it stands in states of the dashboard, one for each section,
 * which its settings name (`settings.sections[].stateId`): so the widgets in it are ordinary widgets in ordinary layouts,
 * with breakpoints and all; whoever does not know containers keeps them, and can even open them as states.
 */
export const containerTypes = {
  'thingwire.tabs': 'tabs',
  'thingwire.rows': 'rows',
  'thingwire.repeat': 'repeat',
} as const
export type ContainerKind = (typeof containerTypes)[keyof typeof containerTypes]

/** `title` may hold tokens: `${entityName}`. */
export type ContainerSection = {
  id: string
  title: string
  icon: string | null
  /** Whose main layout is in it. */
  stateId: string
  /** Of a row: whether it is closed at first. */
  isCollapsed: boolean
}

export type Container = {
  kind: ContainerKind
  sections: readonly ContainerSection[]
  /** Of `repeat`: its one section is drawn once for each entity, which is then the entity of the state in it. */
  repeat: {
    aliasId: string | null
    filterId: string | null
    /** Parameter under which widgets in it find the entity; null: as the state's own. */
    paramName: string | null
    /** px; as many as fit stand beside each other. */
    minWidth: number
    /** Entities at most. */
    most: number
    sortKey: string | null
    sortDescending: boolean
  } | null
}

export const containerKindOf = (typeFullFqn: unknown): ContainerKind | null =>
  typeof typeFullFqn === 'string' && Object.hasOwn(containerTypes, typeFullFqn)
    ? containerTypes[typeFullFqn as keyof typeof containerTypes]
    : null

const readSection = (file: unknown): ContainerSection[] => {
  if (!isRecord(file)) return []
  const [id, stateId] = [textOf(file.id), textOf(file.stateId)]
  if (id === null || stateId === null) return []
  return [
    {
      id,
      title: textOf(file.title) ?? '',
      icon: textOf(file.icon),
      stateId,
      isCollapsed: flagOf(file.collapsed) ?? false,
    },
  ]
}

/** The container that a widget's JSON is; null: it is none. */
export const readContainer = (widget: JsonRecord): Container | null => {
  const kind = containerKindOf(widget.typeFullFqn)
  if (!kind) return null
  const settings = recordOf(recordOf(widget.config).settings)
  const sections = listOf(settings.sections).flatMap(readSection)
  return {
    kind,
    sections: kind === 'repeat' ? sections.slice(0, 1) : sections,
    repeat:
      kind === 'repeat'
        ? {
            aliasId: textOf(settings.entityAliasId),
            filterId: textOf(settings.filterId),
            paramName: textOf(settings.paramName),
            minWidth: Math.min(4_000, Math.max(80, numberOf(settings.minWidth) ?? 320)),
            most: Math.min(1_000, Math.max(1, Math.round(numberOf(settings.most) ?? 50))),
            sortKey: textOf(settings.sortKey),
            sortDescending: flagOf(settings.sortDescending) ?? false,
          }
        : null,
  }
}

/** Which container's section each state is, for the states that are one; lists of states leave them out. */
export const sectionStates = (
  configuration: JsonRecord,
): ReadonlyMap<string, { widgetId: string; sectionId: string }> =>
  new Map(
    Object.entries(widgetsOf(configuration)).flatMap(([widgetId, widget]) =>
      isRecord(widget)
        ? (readContainer(widget)?.sections ?? []).map(
            ({ id, stateId }) => [stateId, { widgetId, sectionId: id }] as const,
          )
        : [],
    ),
  )
