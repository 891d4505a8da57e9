import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// `text-2xs` is a size of ours; without this the merge takes it for a colour and drops the other one.
const merge = extendTailwindMerge({ extend: { theme: { text: ['2xs'], shadow: ['pop', 'card'] } } })

/** Joins class names; of two that set the same property the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes))
