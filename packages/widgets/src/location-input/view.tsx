'use client'
import { Button } from '@thingwire/ui'
import { LocateFixed } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { FormField } from '../engines/form/form-field.ts'
import { FormView } from '../engines/form/form-view.tsx'
import type { FormControls } from '../engines/form/use-form.ts'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { locationFields } from './fields.ts'
import type { LocationInputSettings } from './manifest.ts'
import { locationWords } from './words.ts'

type Props = WidgetViewProps<LocationInputSettings>

export const LocationInput = (p: Props) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  return <Ready {...p} series={p.state.series} isLost={p.state.staleSince !== null} />
}

const Ready = ({ settings, series, size, isLost }: Props & { series: readonly WidgetSeries[]; isLost: boolean }) => {
  const words = useWords('location-input', locationWords)
  const fields = useMemo(
    () => locationFields(series, settings, { latitude: words('latitude'), longitude: words('longitude') }),
    [series, settings, words],
  )
  return (
    <FormView
      fields={fields}
      width={size.width}
      isLost={isLost}
      look={{
        columns: settings.inputFieldsAlignment === 'row' ? 2 : 1,
        columnGap: 10,
        rowGap: 8,
        hasButtons: true,
        savesAll: false,
        saysResult: settings.showResultMessage,
        saveLabel: '',
        undoLabel: '',
      }}
      {...(settings.showGetLocation
        ? {
            aside: (form) => <HereButton form={form} fields={fields} isPrecise={settings.enableHighAccuracy} />,
          }
        : {})}
    />
  )
}

const places = 6
const patienceMs = 20_000

const HereButton = (p: { form: FormControls; fields: readonly FormField[]; isPrecise: boolean }) => {
  const words = useWords('location-input', locationWords)
  const [status, setStatus] = useState<'asking' | 'refused' | 'unknown' | null>(null)
  const ask = () => {
    if (status === 'asking') return
    if (!('geolocation' in navigator)) return setStatus('refused')
    setStatus('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setStatus(null)
        const [latitude, longitude] = p.fields
        if (latitude) p.form.set(latitude, coords.latitude.toFixed(places))
        if (longitude) p.form.set(longitude, coords.longitude.toFixed(places))
      },
      (error) => setStatus(error.code === error.PERMISSION_DENIED ? 'refused' : 'unknown'),
      { enableHighAccuracy: p.isPrecise, timeout: patienceMs },
    )
  }
  return (
    <>
      <Button className="h-11 sm:h-8" aria-busy={status === 'asking'} onClick={ask}>
        <LocateFixed aria-hidden />
        {words('here')}
      </Button>
      {status ? (
        <p role="status" className="w-full text-xs text-ink-3">
          {words(status)}
        </p>
      ) : null}
    </>
  )
}
