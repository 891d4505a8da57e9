'use client'
import type { AlarmSeverity } from '@thingwire/contracts'
import { Button, Menu, MenuItem } from '@thingwire/ui'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SeverityBadge } from '@/features/alarms/marks.tsx'

/** Chooses one of the severities that have no condition yet. */
export const AddSeverity = (p: { free: readonly AlarmSeverity[]; onAdd: (severity: AlarmSeverity) => void }) => {
  const t = useTranslations('alarmRules')
  return (
    <div>
      <Menu
        align="start"
        trigger={
          <Button size="sm">
            <Plus />
            {t('addSeverity')}
          </Button>
        }
      >
        {p.free.map((severity) => (
          <MenuItem key={severity} onSelect={() => p.onAdd(severity)}>
            <SeverityBadge severity={severity} />
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}
