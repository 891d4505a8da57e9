'use client'
import { CardClick, CardIcon, type CardLook, CardText } from '../engines/value-card/parts.tsx'
import { fitScale, textWidth } from '../style/fit.ts'
import { fontPx } from '../style/font.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import type { WidgetViewProps } from '../widget.ts'
import type { LabelCardSettings } from './manifest.ts'

export const LabelCard = (p: WidgetViewProps<LabelCardSettings>) => {
  const { settings } = p
  const ground = useGround(settings.background, p.theme)
  const px = fontPx(settings.labelFont)
  const icon = settings.showIcon ? settings.iconSize + 8 : 0
  const natural = { width: Math.min(240, textWidth(settings.label, px)) + icon, height: px * 1.6 }
  const inner = { width: p.size.width - 24, height: p.size.height - 24 }
  const look: CardLook = {
    surface: ground.surface,
    scale: settings.autoScale ? fitScale(inner, natural, { least: 0.55, most: 1.5 }) : 1,
    isStale: false,
  }
  return (
    <GroundBox ground={ground} padding={settings.padding}>
      <CardClick entity={null} label={settings.label} />
      <div className="flex size-full items-center gap-2">
        {settings.showIcon ? (
          <CardIcon name={settings.icon} px={settings.iconSize * look.scale} color={settings.iconColor} look={look} />
        ) : null}
        <CardText
          text={settings.label}
          font={settings.labelFont}
          color={settings.labelColor}
          look={look}
          lines={Math.max(1, Math.floor(inner.height / (px * look.scale * 1.35)))}
        />
      </div>
    </GroundBox>
  )
}
