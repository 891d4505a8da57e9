import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { NextIntlClientProvider } from 'next-intl'
import { useState } from 'react'
import type { z } from 'zod'
import messages from '../../../messages/en.json' with { type: 'json' }
import type { FieldEditor } from './form-context.ts'
import { problemsOf } from './problems.ts'
import { SchemaForm } from './schema-form.tsx'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** A form in a document without a browser, with what a person does to it. */
export type FormUnderTest = Awaited<ReturnType<typeof renderForm>>

type Options = {
  showsAll?: boolean
  editors?: Readonly<Record<string, FieldEditor>>
  /** Words besides those of the forms themselves. */
  words?: Record<string, unknown>
  /** What stands around the form. */
  around?: (form: ReactNode) => ReactNode
}

export const renderForm = async (schema: z.ZodType, initial: unknown, options: Options = {}) => {
  const { showsAll = false, editors, words, around = (form) => form } = options
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  const place = document.createElement('div')
  document.body.append(place)
  const root = createRoot(place)
  const seen = { value: initial, changes: 0 }
  const Stand = () => {
    const [value, setValue] = useState(initial)
    return (
      <SchemaForm
        schema={schema}
        value={value}
        problems={problemsOf(schema.safeParse(value), value, 'Required')}
        showsAll={showsAll}
        {...(editors && { editors })}
        onChange={(next) => {
          seen.value = next
          seen.changes += 1
          setValue(next)
        }}
      />
    )
  }
  await act(async () =>
    root.render(
      <NextIntlClientProvider locale="en" messages={{ ...messages, ...words }} timeZone="UTC">
        {around(<Stand />)}
      </NextIntlClientProvider>,
    ),
  )
  const all = <E extends Element>(selector: string) => [...place.querySelectorAll<E>(selector)]
  const labelled = (label: string): Control | undefined => {
    const id = all<HTMLLabelElement>('label').find((one) => one.textContent === label)?.htmlFor
    return all<Control>('input, textarea, select').find(
      (one) =>
        (id !== undefined && one.id === id) || one.ariaLabel === label || one.getAttribute('aria-label') === label,
    )
  }
  const control = (label: string): Control => {
    const found = labelled(label)
    if (!found) throw new Error(`No control is called ${label}`)
    return found
  }
  return {
    seen,
    place,
    control,
    /** The names of everything that a person can set, as screen readers say them. */
    names: (): string[] => [
      ...all<HTMLLabelElement>('label').flatMap((one) =>
        place.querySelector(`[id="${one.htmlFor}"]`) ? [one.textContent ?? ''] : [],
      ),
      ...all('legend').map((one) => one.textContent ?? ''),
      ...all('[role=switch], [role=checkbox], input[aria-label], select[aria-label]').map(
        (one) => one.getAttribute('aria-label') ?? '',
      ),
    ],
    alerts: (): string[] => all('[role=alert]').map((one) => one.textContent ?? ''),
    enter: (label: string, text: string) =>
      act(async () => {
        const target = control(label)
        // React watches the property of the element, so the text has to go in below it.
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(target), 'value')?.set?.call(target, text)
        target.dispatchEvent(new Event(target.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }))
      }),
    press: (label: string, key: string) =>
      act(async () => void control(label).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))),
    leave: (label: string) =>
      act(async () => void control(label).dispatchEvent(new FocusEvent('focusout', { bubbles: true }))),
    leaveAll: () =>
      act(async () => {
        for (const one of all<Control>('input, textarea, select'))
          one.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
      }),
    click: (name: string) =>
      act(async () => {
        const button = all<HTMLButtonElement>('button').find(
          (one) => (one.getAttribute('aria-label') ?? one.textContent) === name,
        )
        if (!button) throw new Error(`No button is called ${name}`)
        button.click()
      }),
    unmount: async () => {
      await act(async () => root.unmount())
      place.remove()
    },
  }
}
