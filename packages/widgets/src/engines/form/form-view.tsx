'use client'
import { Button, cn, Field } from '@thingwire/ui'
import { Check, CircleAlert, LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import { WidgetIcon } from '../../style/icons.tsx'
import { useWords } from '../../texts/use-texts.ts'
import { FieldInput, FlagInput } from './field-input.tsx'
import type { FormField } from './form-field.ts'
import { type FormControls, type FormStatus, useForm } from './use-form.ts'
import { formWords } from './words.ts'

export type FormLook = {
  columns: number
  columnGap: number
  rowGap: number
  /** With buttons it saves when told to; without, each field by itself. */
  hasButtons: boolean
  savesAll: boolean
  saysResult: boolean
  saveLabel: string
  undoLabel: string
  /** Over each group; absent: none. */
  titleOf?: (field: FormField) => string
}

const narrowPx = 480
const leastFieldPx = 160

/** Fields in groups, and what saves them. */
export const FormView = (p: {
  fields: readonly FormField[]
  look: FormLook
  width: number
  isLost: boolean
  /** Beside the buttons. */
  aside?: (form: FormControls) => ReactNode
}) => {
  const { fields, look } = p
  const words = useWords('form', formWords)
  const form = useForm(fields, { savesAll: look.savesAll })
  if (fields.length === 0) return <WidgetNotice state={{ status: 'empty', reason: words('noFields') }} />
  const columns = p.width < narrowPx ? 1 : Math.max(1, Math.min(look.columns, Math.floor(p.width / leastFieldPx)))
  const groups = [...new Set(fields.map(({ group }) => group))]
  return (
    <form
      noValidate
      className="flex size-full flex-col overflow-hidden"
      onSubmit={(event) => {
        event.preventDefault()
        if (look.hasButtons && !p.isLost) form.save()
      }}
    >
      <div
        // It scrolls, and without a connection nothing in it takes the focus.
        {...(p.isLost ? { tabIndex: 0 } : {})}
        className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto p-3"
      >
        {groups.map((group) => {
          const own = fields.filter((field) => field.group === group && !field.isHidden)
          const [first] = own
          if (!first) return null
          return (
            <section key={group} className="grid gap-2">
              {look.titleOf ? <h4 className="text-xs font-semibold text-ink-2">{look.titleOf(first)}</h4> : null}
              <div
                className="grid items-start"
                style={{
                  gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
                  columnGap: Math.max(8, look.columnGap),
                  rowGap: Math.max(8, look.rowGap),
                }}
              >
                {own.map((field) => (
                  <FormRow key={field.id} field={field} form={form} hasButtons={look.hasButtons} isLost={p.isLost} />
                ))}
              </div>
            </section>
          )
        })}
      </div>
      <FormFoot {...p} form={form} />
    </form>
  )
}

const FormRow = (p: { field: FormField; form: FormControls; hasButtons: boolean; isLost: boolean }) => {
  const { field, form } = p
  const words = useWords('form', formWords)
  const problem = form.problemOf(field)
  const draft = form.draftOf(field)
  const text = problem
    ? (field.messages[problem.kind] ??
      words(problem.kind, { limit: 'limit' in problem ? problem.limit : 0, value: String(draft).slice(0, 40) }))
    : undefined
  const input = {
    field,
    draft,
    words,
    isDisabled: p.isLost || form.isDisabled(field),
    onChange: (next: typeof draft) => form.set(field, next),
    onDone: (next: typeof draft) => {
      if (!p.hasButtons) form.commit(field, next)
      else if (next !== draft) form.set(field, next)
    },
  }
  if (field.spec.kind === 'booleanCheckbox' || field.spec.kind === 'booleanSwitch')
    return (
      <div>
        <FlagInput {...input} />
        {text ? (
          <p role="alert" className="text-xs text-danger-text">
            {text}
          </p>
        ) : null}
      </div>
    )
  return (
    <Field
      label={
        <span className="inline-flex min-w-0 items-center gap-1.5">
          {field.picture ? (
            <FieldPicture link={field.picture} />
          ) : field.icon ? (
            <WidgetIcon name={field.icon} size={14} />
          ) : null}
          <span className="break-words">{field.label}</span>
          {field.spec.isRequired ? <span aria-hidden>*</span> : null}
        </span>
      }
      error={text}
    >
      <FieldInput {...input} />
    </Field>
  )
}

/** A picture as an icon: none where it cannot be had. */
const FieldPicture = ({ link }: { link: string }) => {
  const source = useWidgetHost().links.useImage(link)
  return source === null ? null : <img src={source} alt="" className="size-4 shrink-0 object-contain" />
}

const FormFoot = (p: {
  look: FormLook
  form: FormControls
  isLost: boolean
  aside?: (form: FormControls) => ReactNode
}) => {
  const { look, form } = p
  const words = useWords('form', formWords)
  const { status } = form
  const isSilent = status.kind === 'idle' || (status.kind === 'saved' && !look.saysResult)
  if (!look.hasButtons && !p.aside && !p.isLost && isSilent) return null
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-3 py-2">
      {p.aside?.(form)}
      <p
        role="status"
        className={cn('flex-1 truncate text-xs text-ink-3', p.isLost || !isSilent ? 'min-w-24' : 'min-w-0')}
      >
        {p.isLost ? words('lost') : isSilent ? '' : <StatusText status={status} />}
      </p>
      {look.hasButtons ? (
        <>
          <Button
            variant="ghost"
            className="h-11 sm:h-8"
            disabled={!form.isDirty || status.kind === 'saving'}
            onClick={form.undo}
          >
            {look.undoLabel || words('undo')}
          </Button>
          <Button
            variant="primary"
            type="submit"
            className="h-11 sm:h-8"
            disabled={p.isLost || status.kind === 'saving' || !(form.isDirty || look.savesAll)}
          >
            {look.saveLabel || words('save')}
          </Button>
        </>
      ) : null}
    </footer>
  )
}

const StatusText = ({ status }: { status: FormStatus }) => {
  const words = useWords('form', formWords)
  if (status.kind === 'failed')
    return (
      <span className="inline-flex max-w-full items-center gap-1.5 text-danger-text" title={status.reason}>
        <CircleAlert aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{words('failed', { reason: status.reason })}</span>
      </span>
    )
  const Icon = status.kind === 'saving' ? LoaderCircle : Check
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={`size-3.5 ${status.kind === 'saving' ? 'animate-spin' : 'text-ok-text'}`} />
      {words(status.kind === 'saving' ? 'saving' : 'saved')}
    </span>
  )
}
