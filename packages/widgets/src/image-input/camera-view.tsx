'use client'
import { Button } from '@thingwire/ui'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../texts/use-texts.ts'
import { drawPicture, type PictureFormat } from './picture.ts'
import { imageInputWords } from './words.ts'

/** What the camera sees, and a button that takes it. The camera is off again when this is gone. */
export const CameraView = (p: { format: PictureFormat; onTake: (picture: string) => void; onCancel: () => void }) => {
  const words = useWords('image-input', imageInputWords)
  const video = useRef<HTMLVideoElement>(null)
  const [status, setStatus] = useState<'starting' | 'on' | 'failed'>('starting')
  useEffect(() => {
    let stream: MediaStream | null = null
    let isOver = false
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    const start = async () => {
      try {
        // Absent on pages that came without encryption.
        if (!navigator.mediaDevices) throw new Error('no camera')
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
        if (isOver) return stop()
        if (video.current) video.current.srcObject = stream
        setStatus('on')
      } catch {
        if (!isOver) setStatus('failed')
      }
    }
    void start()
    return () => {
      isOver = true
      stop()
    }
  }, [])
  const take = () => {
    const seen = video.current
    if (!seen || seen.videoWidth === 0) return
    p.onTake(drawPicture(seen, { width: seen.videoWidth, height: seen.videoHeight }, p.format))
  }
  return (
    <div className="flex size-full flex-col overflow-hidden">
      <div className="relative flex min-h-0 flex-1 items-center justify-center bg-black">
        {status === 'failed' ? (
          <p role="alert" className="max-w-64 p-3 text-center text-xs text-white">
            {words('noCamera')}
          </p>
        ) : (
          <video
            ref={video}
            autoPlay
            muted
            playsInline
            aria-label={words('live')}
            className="absolute inset-0 size-full object-contain"
          />
        )}
      </div>
      <footer className="flex flex-wrap justify-end gap-2 border-t px-3 py-2 [&_button]:h-11 sm:[&_button]:h-8">
        <Button variant="ghost" onClick={p.onCancel}>
          {words('cancel')}
        </Button>
        <Button variant="primary" disabled={status !== 'on'} onClick={take}>
          {words('take')}
        </Button>
      </footer>
    </div>
  )
}
