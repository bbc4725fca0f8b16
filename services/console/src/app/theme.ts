import type { ThemeConfig } from 'antd';

/** The kit's look, kept to the house's own: system fonts, one blue, square corners; nothing moves, for a dialog closed while it still opens would stay over the page. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b4f8a', borderRadius: 4, fontSize: 15, controlHeight: 36, motion: false,
    fontFamily: '"PingFang SC","Microsoft YaHei","HarmonyOS Sans SC","Noto Sans CJK SC","Noto Sans SC",sans-serif',
  },
};
