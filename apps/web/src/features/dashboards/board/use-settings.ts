'use client'
import type { DashboardWidget } from '@thingwire/dashboards'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { useEffect, useMemo, useState } from 'react'
import { settingsOf } from '../data/settings.ts'
import { readStoredText } from '../host/stored-text.ts'

/** The settings of a widget as its view gets them; null while something is read that they need. */
export const useSettings = (widget: DashboardWidget, manifest: WidgetManifest): { settings: unknown } | null => {
  const { settings: stored, typeFullFqn } = widget
  // An editor makes another widget with each step; a title is no reason to read all settings again.
  const settings = useMemo(
    () => settingsOf({ settings: stored, typeFullFqn }, manifest),
    [stored, typeFullFqn, manifest],
  )
  const [prepared, setPrepared] = useState<{ of: unknown; settings: unknown } | null>(null)
  const asks = manifest.prepare !== undefined
  useEffect(() => {
    if (!manifest.prepare) return
    let isGone = false
    const take = (made: unknown) => {
      if (!isGone) setPrepared({ of: settings, settings: made })
    }
    // Without what could not be read the widget says itself what is missing.
    manifest.prepare(settings, readStoredText).then(take, () => take(settings))
    return () => {
      isGone = true
    }
  }, [manifest, settings])
  return useMemo(() => {
    if (!asks) return { settings }
    return prepared !== null && prepared.of === settings ? { settings: prepared.settings } : null
  }, [asks, prepared, settings])
}
