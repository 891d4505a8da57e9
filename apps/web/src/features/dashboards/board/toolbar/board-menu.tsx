'use client'
import { ActionsMenu, MenuItem, MenuSeparator, toast } from '@thingwire/ui'
import { FileDown, FileText, History, ImageDown, Maximize, Minimize, Moon, MonitorPlay, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { type ReactNode, useEffect, useState } from 'react'
import { useExportView } from '../../export/use-export-view.ts'
import { exportDashboard } from '../../files/export-dashboard.ts'
import { useBoard } from '../board-context.ts'
import { useTravel } from '../../scrubber/travel-context.ts'
import type { BoardUrl } from '../use-board-url.ts'

/** Narrower than this, the header has no buttons for what comes `first` in the menu. */
const menuWidth = 640

export const BoardMenu = ({ url, first }: { url: BoardUrl; first: ReactNode }) => {
  const t = useTranslations('board')
  const { dashboardId, document, windowWidth } = useBoard()
  const { resolvedTheme, setTheme } = useTheme()
  const isDark = resolvedTheme === 'dark'
  const whole = useWholeScreen()
  const picture = useTranslations('dashboardExport')
  const view = useExportView()
  const time = useTranslations('timeTravel')
  const travel = useTravel()
  return (
    <ActionsMenu label={t('menu')}>
      {windowWidth < menuWidth ? first : null}
      <MenuItem onSelect={whole.toggle}>
        {whole.isOn ? <Minimize /> : <Maximize />}
        {t(whole.isOn ? 'leaveFullScreen' : 'fullScreen')}
      </MenuItem>
      <MenuItem onSelect={travel.clock ? travel.leave : travel.enter}>
        <History />
        {time(travel.clock ? 'live' : 'enter')}
      </MenuItem>
      <MenuItem onSelect={() => url.setKiosk(true)}>
        <MonitorPlay />
        {t('kiosk')}
      </MenuItem>
      <MenuItem onSelect={() => setTheme(isDark ? 'light' : 'dark')}>
        {isDark ? <Sun /> : <Moon />}
        {t(isDark ? 'lightTheme' : 'darkTheme')}
      </MenuItem>
      {document.settings.showDashboardExport ? (
        <>
          <MenuSeparator />
          <MenuItem disabled={view.isBusy} onSelect={() => void view.run('png')}>
            <ImageDown />
            {picture('png')}
          </MenuItem>
          <MenuItem disabled={view.isBusy} onSelect={() => void view.run('pdf')}>
            <FileText />
            {picture('pdf')}
          </MenuItem>
        </>
      ) : null}
      {document.settings.showDashboardExport && dashboardId ? (
        <MenuItem
          onSelect={() =>
            void exportDashboard(dashboardId).catch((error: unknown) =>
              toast.failed(t('exportFailed'), error instanceof Error ? error.message : String(error)),
            )
          }
        >
          <FileDown />
          {t('export')}
        </MenuItem>
      ) : null}
    </ActionsMenu>
  )
}

/** The page on the whole screen, by the browser. */
const useWholeScreen = () => {
  const [isOn, setOn] = useState(false)
  useEffect(() => {
    const changed = () => setOn(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', changed)
    return () => document.removeEventListener('fullscreenchange', changed)
  }, [])
  const toggle = () => {
    const done = isOn ? document.exitFullscreen() : document.documentElement.requestFullscreen()
    // Phones that cannot do it say so by a refusal; there is nothing to add.
    done.catch(() => undefined)
  }
  return { isOn, toggle }
}
