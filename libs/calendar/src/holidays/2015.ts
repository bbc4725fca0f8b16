/** Final version: holds the Victory Day adjustment of 2015-05-13. */
export const notice2015 = {
  year: 2015,
  number: '国办发明电〔2014〕28号',
  title: '国务院办公厅关于2015年部分节假日安排的通知',
  publishedOn: '2014-12-16',
  source: 'days: https://www.gov.cn/zhengce/content/2014-12/16/content_9302.htm (as linked by chinese-days 1.5.7); number: https://www.newton.com.tw/wiki/國務院辦公廳關於2015年部分節假日安排的通知, and a public list that links the notice',
  off: [
    '2015-01-01', '2015-01-02', '2015-01-03',
    '2015-02-18', '2015-02-19', '2015-02-20', '2015-02-21', '2015-02-22', '2015-02-23', '2015-02-24',
    '2015-04-05', '2015-04-06',
    '2015-05-01',
    '2015-06-20', '2015-06-22',
    '2015-09-03', '2015-09-04', '2015-09-27',
    '2015-10-01', '2015-10-02', '2015-10-03', '2015-10-04', '2015-10-05', '2015-10-06', '2015-10-07',
  ],
  workdays: [
    '2015-01-04',
    '2015-02-15', '2015-02-28',
    '2015-09-06',
    '2015-10-10',
  ],
  amendments: [
    {
      number: '国发明电〔2015〕1号',
      title: '国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知',
      publishedOn: '2015-05-13',
      source: 'days: http://www.gov.cn/zhengce/content/2015-05/13/content_9742.htm (as linked by chinese-days 1.5.7); number: http://m.xuexila.com/news/164029.html',
      days: [
        '2015-09-03', '2015-09-04', '2015-09-05', '2015-09-06',
      ],
    },
  ],
};
