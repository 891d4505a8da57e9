'use client'
import { Checkbox as Primitive } from 'radix-ui'
import { Check, Minus } from 'lucide-react'

/** A box to tick; `some` stands for a group of which a part is ticked. `label` is its name for screen readers. */
export const Checkbox = (p: { label: string; checked: boolean | 'some'; onChange: (checked: boolean) => void }) => (
  <Primitive.Root
    aria-label={p.label}
    checked={p.checked === 'some' ? 'indeterminate' : p.checked}
    onCheckedChange={(checked) => p.onChange(checked === true)}
    className="group/box relative flex size-4 items-center justify-center rounded-sm border border-line-strong bg-surface text-accent-ink transition-colors duration-100 hover:border-ink-3 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent pointer-coarse:before:absolute pointer-coarse:before:-inset-2.5 pointer-coarse:before:content-['']"
  >
    <Primitive.Indicator>
      <Check aria-hidden className="size-3 stroke-3 group-data-[state=indeterminate]/box:hidden" />
      <Minus aria-hidden className="hidden size-3 stroke-3 group-data-[state=indeterminate]/box:block" />
    </Primitive.Indicator>
  </Primitive.Root>
)
