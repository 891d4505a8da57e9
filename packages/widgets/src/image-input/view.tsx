'use client'
import { Button } from '@thingwire/ui'
import { Camera, ImageOff, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import { newest } from '../format.ts'
import { WidgetNotice } from '../notice.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { CameraView } from './camera-view.tsx'
import type { ImageInputSettings } from './manifest.ts'
import { type PictureFormat, readPicture } from './picture.ts'
import { imageInputWords } from './words.ts'

type Props = WidgetViewProps<ImageInputSettings>
type Status = { kind: 'idle' | 'saving' | 'saved' } | { kind: 'failed'; text: string }

export const ImageInput = (p: Props) => {
  const words = useWords('image-input', imageInputWords)
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const [series] = p.state.series
  if (!series) return <WidgetNotice state={{ status: 'empty', reason: words('none') }} />
  return <Ready key={series.id} {...p} series={series} isLost={p.state.staleSince !== null} />
}

/** Writes a picture, or takes it away. */
const useSave = (series: WidgetSeries, target: ImageInputSettings['target']) => {
  const { values } = useWidgetHost()
  return (picture: string | null): Promise<void> => {
    const { entity, dataKey } = series
    if (target === 'key' && dataKey.type === 'timeseries')
      return values.saveTelemetry(entity.id, { [dataKey.name]: picture ?? '' })
    const scope = target === 'shared' ? 'SHARED_SCOPE' : 'SERVER_SCOPE'
    return picture === null
      ? values.deleteAttributes(entity.id, scope, [dataKey.name])
      : values.saveAttributes(entity.id, scope, { [dataKey.name]: picture })
  }
}

const Ready = ({ settings, series, isLost }: Props & { series: WidgetSeries; isLost: boolean }) => {
  const words = useWords('image-input', imageInputWords)
  const { links } = useWidgetHost()
  const store = useSave(series, settings.target)
  const [draft, setDraft] = useState<string | null>(null)
  const [hasCamera, setCamera] = useState(false)
  const [status, setStatus] = useState<Status>({ kind: 'idle' })
  const chooser = useRef<HTMLInputElement>(null)
  const value = newest(series.points)?.[1]
  const stored = links.useImage(typeof value === 'string' && value !== '' ? value : null)
  const format: PictureFormat = {
    type: settings.imageFormat,
    quality: settings.imageQuality,
    most: { width: settings.maxWidth, height: settings.maxHeight },
  }
  const save = async (picture: string | null) => {
    if (status.kind === 'saving') return
    setStatus({ kind: 'saving' })
    try {
      await store(picture)
      setDraft(null)
      setStatus({ kind: settings.showResultMessage ? 'saved' : 'idle' })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      setStatus({ kind: 'failed', text: words('failed', { reason }) })
    }
  }
  const take = (picture: string) => {
    setCamera(false)
    setDraft(picture)
    setStatus({ kind: 'idle' })
  }
  if (hasCamera) return <CameraView format={format} onTake={take} onCancel={() => setCamera(false)} />
  const shown = draft ?? (settings.displayPreview ? stored : null)
  return (
    <div className="flex size-full flex-col overflow-hidden">
      <div className="flex min-h-0 flex-1 items-center justify-center bg-sunken">
        {shown ? (
          <img src={shown} alt={words('picture', { name: series.entity.name })} className="size-full object-contain" />
        ) : (
          <p className="flex items-center gap-1.5 text-xs text-ink-3">
            <ImageOff aria-hidden className="size-4" />
            {words('none')}
          </p>
        )}
      </div>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-label={words('file')}
        className="sr-only"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          target.value = ''
          if (file) readPicture(file, format).then(take, () => setStatus({ kind: 'failed', text: words('notPicture') }))
        }}
      />
      <footer className="flex flex-wrap items-center gap-2 border-t px-3 py-2 [&_button]:h-11 sm:[&_button]:h-8">
        <p
          role="status"
          className={`min-w-0 flex-1 truncate text-xs ${status.kind === 'failed' ? 'text-danger-text' : 'text-ink-3'}`}
        >
          {isLost
            ? words('lost')
            : status.kind === 'failed'
              ? status.text
              : status.kind === 'idle'
                ? ''
                : words(status.kind)}
        </p>
        {draft ? (
          <>
            <Button variant="ghost" onClick={() => setDraft(null)}>
              {words('discard')}
            </Button>
            <Button variant="primary" disabled={isLost || status.kind === 'saving'} onClick={() => void save(draft)}>
              {words('save')}
            </Button>
          </>
        ) : (
          <>
            {settings.displayClearButton && stored ? (
              <Button variant="ghost" disabled={isLost || status.kind === 'saving'} onClick={() => void save(null)}>
                {words('clear')}
              </Button>
            ) : null}
            <Button disabled={isLost} onClick={() => chooser.current?.click()}>
              <Upload aria-hidden />
              {words('file')}
            </Button>
            <Button disabled={isLost} onClick={() => setCamera(true)}>
              <Camera aria-hidden />
              {words('camera')}
            </Button>
          </>
        )}
      </footer>
    </div>
  )
}
