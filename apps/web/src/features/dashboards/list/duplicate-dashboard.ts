import { getWholeDashboard, saveDashboard } from '@/api/dashboards.ts'

const longestTitle = 255

/** Stores a copy under a title of its own. Whom the first is shared with does not go along. */
export const duplicateDashboard = async (dashboardId: string, suffix: string) => {
  const { title, configuration, image, mobileHide, mobileOrder } = await getWholeDashboard(dashboardId)
  const ending = ` ${suffix}`
  return saveDashboard({
    title: title.slice(0, longestTitle - ending.length) + ending,
    configuration: typeof configuration === 'object' && configuration !== null ? { ...configuration } : {},
    image,
    mobileHide,
    mobileOrder,
  })
}
