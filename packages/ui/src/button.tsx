'use client'
import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn.ts'

// Fingers hit 40 px and more: buttons are drawn as high as the fields beside them, small ones may be a little less than what is hit.
const button = cva(
  'relative inline-flex pointer-coarse:before:absolute pointer-coarse:before:content-[""] shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'bg-accent text-accent-ink shadow-[inset_0_1px_0_oklch(1_0_0/0.14),0_1px_2px_oklch(0.2_0.05_265/0.2)] hover:bg-accent-strong',
        secondary: 'border border-line-strong bg-surface text-ink shadow-card hover:bg-hover',
        ghost: 'text-ink-2 hover:bg-hover hover:text-ink',
        danger: 'bg-danger text-danger-ink hover:brightness-95',
        link: 'h-auto! px-0! text-accent-text underline-offset-4 hover:underline pointer-coarse:before:inset-x-0 pointer-coarse:before:-inset-y-2.5',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs pointer-coarse:h-9 pointer-coarse:min-w-10 pointer-coarse:before:inset-x-0 pointer-coarse:before:-inset-y-[3px]',
        md: 'h-8 px-3 text-sm pointer-coarse:h-10 pointer-coarse:min-w-10',
        lg: 'h-9 px-4 text-base pointer-coarse:h-11',
        icon: 'size-8 pointer-coarse:size-10',
        'icon-sm': 'size-7 pointer-coarse:size-9 pointer-coarse:before:-inset-[3px] [&_svg]:size-3.5',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonProps = ComponentProps<'button'> & VariantProps<typeof button> & { asChild?: boolean }

export const Button = ({ className, variant, size, asChild, type, ...props }: ButtonProps) => {
  const Component = asChild ? Slot.Root : 'button'
  return (
    <Component
      {...(asChild ? {} : { type: type ?? 'button' })}
      className={cn(button({ variant, size }), className)}
      {...props}
    />
  )
}

/** A button that is only a picture; `label` is its name for screen readers and its tooltip. */
export const IconButton = ({ label, size, variant, ...props }: ButtonProps & { label: string }) => (
  <Button aria-label={label} title={label} size={size ?? 'icon'} variant={variant ?? 'ghost'} {...props} />
)
