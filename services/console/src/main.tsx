import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import '@zhijian/web/web.css';
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router-dom';
import './app/frame.css';
import { theme } from './app/theme.js';
import { router } from './routes.js';

dayjs.locale('zh-cn');
const answers = new QueryClient({ defaultOptions: { queries: { staleTime: 2_000, refetchOnWindowFocus: true } } });
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
        <QueryClientProvider client={answers}><RouterProvider router={router} /></QueryClientProvider>
      </ConfigProvider>
    </StrictMode>,
  );
}
