'use client'
import { type JsonPath, setMember } from '@thingwire/dashboards/edit'
import { useEditorStore } from '../../store/use-editor.ts'

/** Sets a member of a widget, as a step of the draft; undefined takes it out. */
export const useSet = (id: string): ((path: JsonPath, value: unknown) => void) => {
  const store = useEditorStore()
  return (path, value) => store.run(setMember(id, path, value))
}

/** A part of a widget that a form edits: its value and how to change members of it. */
export type Part = { id: string; path: JsonPath }
