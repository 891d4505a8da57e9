'use client'
import type { DurationUnit } from '@thingwire/contracts'
import { Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'

/** What people choose from; files know smaller ones, too. */
const usual = ['SECONDS', 'MINUTES', 'HOURS', 'DAYS'] as const

export const UnitSelect = ({ unit, onChange }: { unit: DurationUnit; onChange: (unit: DurationUnit) => void }) => {
  const t = useTranslations('alarmRules')
  return (
    <Select
      aria-label={t('unit')}
      className="w-28"
      value={unit}
      onChange={({ target }) => onChange(usual.find((one) => one === target.value) ?? unit)}
    >
      {[...new Set([...usual, unit])].map((one) => (
        <option key={one} value={one}>
          {t(`units.${one}`)}
        </option>
      ))}
    </Select>
  )
}
