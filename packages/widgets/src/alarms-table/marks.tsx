'use client'
import type { AlarmData } from '@thingwire/contracts'
import { AlarmSeverityMark, AlarmStatusMark } from '../style/alarm-marks.tsx'
import { useWords } from '../texts/use-texts.ts'
import { alarmWords } from './words.ts'

export const SeverityMark = ({ severity }: { severity: AlarmData['severity'] }) => {
  const words = useWords('alarms-table', alarmWords)
  return <AlarmSeverityMark severity={severity} text={words(severity)} />
}

export const StatusMark = ({ status }: { status: AlarmData['status'] }) => {
  const words = useWords('alarms-table', alarmWords)
  return <AlarmStatusMark status={status} text={words(status)} className="text-ink-2" />
}
