'use client'
import { type JsonPath, setMember, valueAt, widgetOf } from '@thingwire/dashboards/edit'
import { useEditorStore } from '../../store/use-editor.ts'

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

/** Sets a member of a widget, as a step of the draft; undefined takes it out. */
export const useSet = (id: string): ((path: JsonPath, value: unknown) => void) => {
  const store = useEditorStore()
  return (path, value) => {
    // An element more or less is a step of its own; what is typed in a row at one place is one.
    const isOfList = lengthOf(valueAt(widgetOf(store.document.configuration, id), path)) !== lengthOf(value)
    if (isOfList) store.endStep()
    store.run(setMember(id, path, value))
    if (isOfList) store.endStep()
  }
}

/** A part of a widget that a form edits: its value and how to change members of it. */
export type Part = { id: string; path: JsonPath }
