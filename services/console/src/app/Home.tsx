import { Navigate } from 'react-router-dom';
import { menuFor } from './menu.js';
import { useSession } from './session.js';

/** The first page is the first of the menu: who administers has no campaigns. */
export const Home = () => <Navigate to={menuFor(useSession().me.role)[0]?.path ?? '/campaigns'} replace />;
