'use client'
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react'
import { Search } from 'lucide-react'
import { cn } from './cn.ts'

const control =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink shadow-card placeholder:text-ink-3 transition-colors duration-100 hover:border-ink-3/50 focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent/30 disabled:opacity-60 aria-invalid:border-danger'

const oneLine = 'h-8 pointer-coarse:h-10'

type FieldIds = { id: string; describedBy: string | undefined; invalid: boolean }
const FieldContext = createContext<FieldIds | null>(null)

/** Label, hint and error of one control; the control inside takes its id and description from here. */
export const Field = (p: {
  label: ReactNode
  children: ReactNode
  hint?: ReactNode
  error?: string | undefined
  aside?: ReactNode
}) => {
  const id = useId()
  const noteId = `${id}-note`
  const note = p.error ?? p.hint
  return (
    <FieldContext value={{ id, describedBy: note ? noteId : undefined, invalid: p.error !== undefined }}>
      <div className="grid gap-1.5">
        <div className="flex items-center justify-between gap-2">
          <label htmlFor={id} className="text-xs font-medium text-ink-2">
            {p.label}
          </label>
          {/* Buttons there are taller than the label, which must stand as far from its control as every other. */}
          {p.aside ? <div className="-my-1.5 flex items-center">{p.aside}</div> : null}
        </div>
        {p.children}
        {note ? (
          <p
            id={noteId}
            role={p.error ? 'alert' : undefined}
            className={cn('text-xs', p.error ? 'text-danger-text' : 'text-ink-3')}
          >
            {note}
          </p>
        ) : null}
      </div>
    </FieldContext>
  )
}

const useFieldProps = () => {
  const field = useContext(FieldContext)
  return field
    ? { id: field.id, 'aria-describedby': field.describedBy, 'aria-invalid': field.invalid || undefined }
    : {}
}

export const Input = ({ className, ...props }: ComponentProps<'input'>) => (
  <input {...useFieldProps()} className={cn(control, oneLine, className)} {...props} />
)

export const Textarea = ({ className, ...props }: ComponentProps<'textarea'>) => (
  <textarea {...useFieldProps()} className={cn(control, 'min-h-20 py-1.5', className)} {...props} />
)

/** Native select: the right thing on phones, and free on first load. */
export const Select = ({ className, children, ...props }: ComponentProps<'select'>) => (
  <div className={cn('relative', className)}>
    <select {...useFieldProps()} className={cn(control, oneLine, 'appearance-none pr-7')} {...props}>
      {children}
    </select>
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 fill-none stroke-ink-3 stroke-[1.5]"
    >
      <path d="m4 6 4 4 4-4" />
    </svg>
  </div>
)

export const SearchInput = ({ className, ...props }: ComponentProps<'input'>) => (
  <div className={cn('relative', className)}>
    <Search
      aria-hidden
      className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-3"
    />
    <input type="search" className={cn(control, oneLine, 'pl-8 [&::-webkit-search-cancel-button]:hidden')} {...props} />
  </div>
)
