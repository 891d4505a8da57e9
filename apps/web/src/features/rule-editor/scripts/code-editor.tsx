'use client'
import { cn } from '@thingwire/ui'
import { type RefObject, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { CodeArea } from '../../../components/schema-form/code-area.tsx'
import type { CodeLanguage } from './code-languages.ts'
import type { CodeMark, Suggest } from './code-types.ts'
import type { Mirror, MirrorCalls, MirrorOptions } from './mirror.ts'

export type CodeEditorHandle = Pick<Mirror, 'format' | 'focus' | 'goTo'>

export type CodeEditorProps = {
  value: string
  /** Its name for screen readers. */
  label: string
  language: CodeLanguage
  /** Absent: the text can be read and copied, not changed. */
  onChange?: ((value: string) => void) | undefined
  onBlur?: (() => void) | undefined
  marks?: readonly CodeMark[] | undefined
  suggest?: Suggest | undefined
  /** Null: the text cannot be formatted as it stands. */
  format?: ((text: string) => Promise<string | null>) | undefined
  /** Ctrl+Enter. */
  onRun?: (() => void) | undefined
  id?: string | undefined
  describedBy?: string | undefined
  isInvalid?: boolean
  /** Takes the height of its place instead of that of its text. */
  fills?: boolean
  handle?: RefObject<CodeEditorHandle | null>
  className?: string | undefined
}

const nothing: readonly CodeMark[] = []

/**
 * A text in a programming language: colours, line numbers, folding, search, an undo of its own while it has the focus. It
 * grows with its text to a limit. Until the editor has been loaded, a plain field stands in its place and takes the same
 * text.
 */
export const CodeEditor = (props: CodeEditorProps) => {
  const { value, label, language, marks = nothing, isInvalid = false, fills = false, id, describedBy } = props
  const place = useRef<HTMLDivElement>(null)
  const mirror = useRef<Mirror | null>(null)
  const [isLoaded, setLoaded] = useState(false)
  const isReadOnly = props.onChange === undefined
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  const options: MirrorOptions = { language, label, isReadOnly, isInvalid, id, describedBy }
  const optionsNow = useRef(options)
  useLayoutEffect(() => {
    optionsNow.current = options
  })
  useEffect(() => {
    let isGone = false
    void import('./mirror.ts').then(({ mountMirror }) => {
      if (isGone || !place.current) return
      mirror.current = mountMirror(place.current, latest.current.value, optionsNow.current, () =>
        callsOf(latest.current),
      )
      mirror.current.setMarks(latest.current.marks ?? nothing)
      setLoaded(true)
    })
    return () => {
      isGone = true
      mirror.current?.destroy()
      mirror.current = null
    }
  }, [])
  // The field goes with its focus; the editor takes it over as soon as it is seen.
  const hasFocus = useRef(false)
  useLayoutEffect(() => {
    if (isLoaded && hasFocus.current) mirror.current?.focus()
  }, [isLoaded])
  useEffect(
    () => mirror.current?.set({ language, label, isReadOnly, isInvalid, id, describedBy }),
    [language, label, isReadOnly, isInvalid, id, describedBy],
  )
  useEffect(() => mirror.current?.setValue(value), [value])
  useEffect(() => mirror.current?.setMarks(marks), [marks])
  useImperativeHandle(props.handle, () => ({
    format: () => mirror.current?.format(),
    focus: () => mirror.current?.focus(),
    goTo: (at) => mirror.current?.goTo(at),
  }))
  return (
    <div
      className={cn(
        'grid min-w-0 grid-cols-[minmax(0,1fr)] overflow-hidden rounded-md border border-line-strong bg-surface shadow-card focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/30',
        isInvalid && 'border-danger',
        fills && 'h-full min-h-0 grid-rows-[minmax(0,1fr)]',
        props.className,
      )}
    >
      <div
        ref={place}
        className={cn(
          'min-h-0 overflow-hidden',
          fills ? 'h-full' : '[&_.cm-editor]:max-h-96 [&_.cm-editor]:min-h-22',
          isLoaded || 'hidden',
        )}
      />
      {isLoaded ? null : (
        <CodeArea
          aria-label={label}
          value={value}
          readOnly={isReadOnly}
          onFocus={() => {
            hasFocus.current = true
          }}
          onBlur={() => {
            hasFocus.current = false
            props.onBlur?.()
          }}
          onChange={(event) => props.onChange?.(event.target.value)}
          className="[&_textarea]:border-0"
        />
      )}
    </div>
  )
}

const callsOf = ({ onChange, onBlur, suggest, format, onRun }: CodeEditorProps): MirrorCalls => ({
  onChange: (value) => onChange?.(value),
  onBlur: () => onBlur?.(),
  suggest,
  format,
  onRun,
})
