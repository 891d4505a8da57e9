'use client'
import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { codeTheme } from '../scripts/code-theme.ts'

type Props = { before: string; after: string; labels: { before: string; after: string } }

const sideOf = (doc: string, label: string) => ({
  doc,
  extensions: [
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    codeTheme,
  ],
})

/** Both texts side by side; long parts that are the same are folded. */
export const TextMergeView = ({ before, after, labels }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!box.current) return
    const view = new MergeView({
      a: sideOf(before, labels.before),
      b: sideOf(after, labels.after),
      parent: box.current,
      collapseUnchanged: { margin: 3, minSize: 6 },
    })
    return () => view.destroy()
  }, [before, after, labels.before, labels.after])
  return <div ref={box} className="max-h-80 overflow-auto rounded-sm border text-xs" />
}
