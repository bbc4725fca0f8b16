import { NavLink } from 'react-router-dom';

/** The pages of the administration beside each other. */
export const AdministrationTabs = () => (
  <nav className="zj-tabs" aria-label="组织管理">
    {[['people', '人员'], ['appointments', '任职'], ['areas', '区划'], ['agencies', '机关'], ['changes', '变动记录']].map(([path, label]) => <NavLink key={path} to={`/administration/${path}`}>{label}</NavLink>)}
  </nav>
);
