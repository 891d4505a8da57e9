'use client'
import { useFormatter } from 'next-intl'

const units = ['byte', 'kilobyte', 'megabyte'] as const

/** A number of bytes in the largest unit that leaves something before the point. */
export const useByteText = () => {
  const format = useFormatter()
  return (bytes: number): string => {
    const step = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2
    return format.number(bytes / 1_000 ** step, {
      style: 'unit',
      unit: units[step] ?? 'byte',
      unitDisplay: 'short',
      maximumFractionDigits: step === 0 ? 0 : 1,
    })
  }
}
