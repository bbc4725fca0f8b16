import { ProblemNote } from '@zhijian/web';
import { Component, type ReactNode } from 'react';

/** A fault of one page is said on that page; the frame stays usable. */
export class FaultBarrier extends Component<{ children: ReactNode }, { fault: unknown }> {
  override state: { fault: unknown } = { fault: null };

  static getDerivedStateFromError(fault: unknown) {
    return { fault };
  }

  override render() {
    return this.state.fault ? <ProblemNote error={this.state.fault} again={() => window.location.reload()} againLabel="重新载入本页" /> : this.props.children;
  }
}
