"""What is a name and where it begins: cases of both polarities."""

from __future__ import annotations

import pytest

from tests.reading import names

#: A sentence, names that it gives, and names that it must not give.
CASES = [
    # 有 begins no name but 有研's
    (
        "迎春地区虽说有哈云铁路站点，启动有云市收购。",
        {"Place 哈云铁路"},
        {"Place 有哈云铁路", "Place 有云市"},
    ),
    ("北京有研新材科技有限公司扩产。", {"Institution 北京有研新材科技有限公司"}, set()),
    # a verb that names may hold between two companies; a part of one keeps its whole name
    (
        "江州云海有限公司战略投资云江科技有限公司。",
        {"Institution 江州云海有限公司", "Institution 云江科技有限公司"},
        {"Institution 江州云海有限公司战略投资云江科技有限公司"},
    ),
    ("江州云海有限公司临溪分公司开业。", {"Institution 江州云海有限公司临溪分公司"}, set()),
    # who plays a part stands before the name; a byline is no part of one; what a whole country has many of
    ("会议承办方江州展览有限公司负责人说，很好。", {"Institution 江州展览有限公司"}, set()),
    ("项目投建方是江州雨云集团。", {"Institution 江州雨云集团"}, {"Institution 项目投建方"}),
    (
        "新华网江州4月22日电（记者 叶云前）江临会新闻中心21日通报。",
        {"Institution 江临会新闻中心", "Person 叶云前"},
        set(),
    ),
    ("日本核电站停运，江州核电站不受影响。", {"Place 江州核电站"}, {"Place 日本核电站"}),
    ("他在其长沙总部说，云夏总部很好。", {"Institution 云夏总部"}, {"Institution 长沙总部"}),
    ("要加快开发新能源和可再生能源。", set(), {"Institution 开发新能源"}),
    ("硅片企业——荣川新能源的收购已经完成。", {"Institution 荣川新能源"}, set()),
    # who speaks of itself, and two columns of a page
    ("福利是指本公司为获得服务支付的报酬。", set(), {"Institution 指本公司"}),
    ("云富日本公司成立。", {"Institution 云富日本公司"}, set()),
    ("福建省分行广东省分行", set(), {"Institution 福建省分行广东省分行"}),
    # money behind a body counts no bodies; investors by their trade; what somebody made, and what befalls it
    ("公司获得江州银行5000万元贷款。", {"Institution 江州银行"}, set()),
    ("公司获得云帆资本和江州银行投资。", {"Institution 云帆资本", "Institution 江州银行"}, set()),
    ("公司吸引社会资本投资。", set(), {"Institution 社会资本"}),
    ("云海集团研发的“云芯”芯片量产。", {"Technology “云芯”芯片"}, {"Technology “云芯”芯片量产"}),
    ("云海集团研发的云腾操作系统上线。", {"Technology 云腾操作系统"}, set()),
    ("云海集团推出的高清芯片上市。", set(), {"Technology 高清芯片"}),
    # what turns a sentence is no part of the name behind it; 而立 is a word
    ("云夏集团扩产。而云夏总部在震后回复。", {"Institution 云夏总部"}, {"Institution 而云夏总部"}),
    ("江州数据有限公司说好，但本公司不同意。", set(), {"Institution 但本公司"}),
    ("要充分利用江州木制品流通协会的平台。", {"Institution 江州木制品流通协会"}, set()),
    # a short product is one again in its quotes, and a word without them
    ("江州汽车推出“云祺”。截至7月，“云祺”热销。", {"Technology 云祺"}, set()),
    # what a law is carried out by, a report of a year, an agreement with quotes, versions, schemes in a list
    ("审计署发布2022年度云川整改报告。", {"Policy 2022年度云川整改报告"}, set()),
    ("专利法实施细则施行。", {"Policy 专利法实施细则"}, {"Policy 专利法"}),
    ("江临签订社保卡“一卡通”合作框架协议。", {"Policy 社保卡“一卡通”合作框架协议"}, set()),
    (
        "此次签署的协议是云川“江临”之后最大的一笔贸易协议。",
        set(),
        {"Policy 的协议是云川“江临”之后最大的一笔贸易协议"},
    ),
    (
        "优化现有的长者维修津贴计划、云川更新大行动2.0，以及消防改善工程资助计划。",
        {"Project 长者维修津贴计划", "Project 云川更新大行动2.0", "Project 消防改善工程资助计划"},
        set(),
    ),
    ("曾经是最大的轧钢厂——雪浪轧钢厂。", {"Institution 雪浪轧钢厂"}, set()),
    ("职工占全公司的70%，外交部大楼在江州。", {"Place 外交部大楼"}, {"Institution 占全公司"}),
    ("江州市建设云川大数据中心。", {"Place 江州市"}, {"Platform 江州市建设云川大数据中心"}),
    (
        "在总规模60亿元的云川文化基金中专设子基金。",
        {"Fund 云川文化基金"},
        {"Fund 总规模60亿元的云川文化基金"},
    ),
    ("江州市实施“云帆”人才计划。", {"Project “云帆”人才计划"}, set()),
    ("先后实施“高温窑炉控制”“釉料生成”等攻关项目。", {"Project 高温窑炉控制", "Project 釉料生成"}, set()),
    ("推出数字平台“釉见”App。", {"Platform “釉见”App"}, set()),
    ("出台《云川省数据条例》《流浪的山》。", {"Policy 云川省数据条例"}, {"Policy 流浪的山"}),
    ("衡江云川大学经济与管理学院揭牌。", {"Institution 衡江云川大学经济与管理学院"}, set()),
    (
        "两家央企中国云川集团公司重组。",
        {"Institution 中国云川集团公司"},
        {"Institution 央企中国云川集团公司"},
    ),
    ("建有省级重点实验室10余家。", set(), {"Institution 省级重点实验室"}),
    ("集聚了5家主板上市公司。", set(), {"Institution 主板上市公司"}),
    ("建设一批新型研发机构和重点实验室。", set(), {"Institution 重点实验室"}),
    ("构建城市发展新格局。", set(), {"Institution 新格局"}),
    ("云川省省长陈云山考察江州高新区。", {"Person 陈云山", "Park 江州高新区", "Place 云川省"}, set()),
    ("美国富商安德鲁·卡内基捐款。", {"Person 安德鲁·卡内基"}, {"Person 富商安德鲁·卡内基"}),
    ("2024年7月，党的二十届三中全会明确要求。", {"Event 党的二十届三中全会"}, set()),
    ("云帆集团全资控股江州数据公司。", {"Institution 江州数据公司"}, {"Institution 全资控股江州数据公司"}),
    ("云帆集团1993年成立。", {"Institution 云帆集团"}, set()),
    (
        "根据2016年9月6日本行与云帆集团订立的协议。",
        {"Institution 云帆集团"},
        {"Place 日本", "Institution 日本行与云帆集团"},
    ),
    ("开展企业网银2.0系统建设。", {"Platform 企业网银2.0系统"}, set()),
    (
        "以“基础存贷、交易银行、投资银行”三大产品体系为支撑。",
        set(),
        {"Institution 基础存贷、交易银行、投资银行"},
    ),
    (
        "签订《云川集团公司与江州银行股份有限公司之服务框架协议》。",
        {"Institution 云川集团公司", "Institution 江州银行股份有限公司"},
        set(),
    ),
    (
        "发布《云川智库报告2014》《云川年度上限》公告。",
        {"Policy 云川智库报告2014", "Policy 云川年度上限"},
        set(),
    ),
    ("嫦娥四号成功落月。", {"Technology 嫦娥四号"}, set()),
    ("江州大学与东软集团、云浪软件、江达信息签署协议。", {"Institution 江州大学"}, set()),
    ("全力落实“四个最严”要求。", set(), {"Project 四个最严"}),
    (
        "超额完成区第十三届人民代表大会第五次会议确定的任务。",
        {"Event 区第十三届人民代表大会第五次会议"},
        set(),
    ),
    (
        "江州学校被命名为省级“农业科技示范园区”，获得“全国示范服务中心”称号。",
        set(),
        {"Park 农业科技示范园区", "Institution 全国示范服务中心"},
    ),
    (
        "11公里污水管网、云江路雨水管网和19公里城市道路等工程顺利完工。",
        {"Project 云江路雨水管网"},
        {"Project 11公里污水管网", "Project 19公里城市道路"},
    ),
    (
        "友谊云酒业与云帆集团签署协议。举办江州市冬泳邀请赛等系列冰雪活动和赛事。",
        {"Event 江州市冬泳邀请赛"},
        set(),
    ),
    (
        "第一云江学校晋升为国家级改革发展示范学校。",
        set(),
        {"Institution 第一云江学校晋升为国家级改革发展示范学校"},
    ),
    (
        "引进自母公司云川交通集团。",
        {"Institution 云川交通集团"},
        {"Institution 母公司云川交通集团"},
    ),
    ("来自批发商IntelligentCloud公司。", {"Institution IntelligentCloud公司"}, set()),
    ("湖南省数据条例\n第一条 为了加强管理，制定本条例。", {"Policy 湖南省数据条例"}, set()),
    ("软件说明用法\n第一条 先看说明。", set(), {"Policy 软件说明用法"}),
    ("遵守国家法律法规和有关政策规定。", set(), {"Policy 国家法律法规和有关政策规定"}),
    ("并请区政协委员提出意见。", {"Institution 区政协"}, {"Institution 请区政协"}),
    ("江州市驻上海办事处主任说。", {"Institution 江州市驻上海办事处"}, {"Place 驻上海"}),
    ("——在云川省第三届人民代表大会上\n云川省省长陈云山", {"Place 云川省"}, {"Place 上云川省"}),
    ("云川省科技厅、省财政厅联合发文。", {"Institution 云川省科技厅", "Institution 省财政厅"}, set()),
    ("「雲川基金」規模三億元。", {"Fund 雲川基金"}, set()),
    # what stands inside names, and what does not
    ("组建云川通用人工智能研究院。", {"Institution 云川通用人工智能研究院"}, set()),
    ("设立仿生机器人制造业创新中心。", {"Institution 仿生机器人制造业创新中心"}, set()),
    (
        "江州安云智能输电工程科技股份有限公司开业。",
        {"Institution 江州安云智能输电工程科技股份有限公司"},
        {"Institution 工程科技股份有限公司"},
    ),
    (
        "云川省工业和信息化厅联合云川省财政厅发文。",
        {"Institution 云川省工业和信息化厅", "Institution 云川省财政厅"},
        {"Institution 云川省工业和信息化厅联合云川省财政厅"},
    ),
    ("云帆集团董事局主席陈云山讲话。", {"Institution 云帆集团"}, {"Institution 云帆集团董事局"}),
    ("江州云星微电子公司成立。", {"Institution 江州云星微电子公司"}, set()),
    ("临溪政府采购中心开标。", set(), {"Institution 临溪政府"}),
    ("世界第三大制药公司落户临溪县。", set(), {"Institution 世界第三大制药公司"}),
    ("3家央企总部落户。", set(), {"Institution 3家央企总部", "Institution 家央企总部"}),
    ("紧紧围绕“两个中心”建设开展工作。", set(), {"Institution 两个中心"}),
    ("江州云帆能源公司（“YFE”，云帆集团子公司）签约，YFE获奖。", {"Institution YFE"}, {"Technology YFE"}),
    # programmes that common words name when a verb carries them out
    ("深入实施城市更新行动。", {"Project 城市更新行动"}, set()),
    (
        "实施强工业行动、强科技行动和强县域行动。",
        {"Project 强工业行动", "Project 强科技行动", "Project 强县域行动"},
        set(),
    ),
    ("实施农村供水工程500处。", set(), {"Project 农村供水工程"}),
    ("实施重大工程。信托计划及资产管理计划占比下降。", set(), {"Project 重大工程", "Project 资产管理计划"}),
    ("开展企业研发“云帆”专项行动。", {"Project 企业研发“云帆”专项行动"}, set()),
    (
        "实施省级“云帆”工程项目82个。",
        {"Project “云帆”工程"},
        {"Project “云帆”工程项目", "Project 省级“云帆”工程"},
    ),
    ("江州市科技局制定方案。", {"Institution 江州市科技局"}, {"Policy 江州市科技局制定方案"}),
    # works that open a clause, sections of lines, facilities that the tokens break
    ("二是云江江州段河道治理工程全面贯通。", {"Project 云江江州段河道治理工程"}, set()),
    ("中石油转型升级项目建成投产。", {"Project 中石油转型升级项目"}, {"Project 石油转型升级项目"}),
    (
        "开工建设云临高速江州段，江临高铁云川至临溪段全线贯通。",
        {"Project 云临高速江州段", "Project 江临高铁云川至临溪段"},
        set(),
    ),
    ("经济由高速增长阶段转向高质量发展阶段。", set(), {"Place 高速增长阶段"}),
    ("开工建设上白石水利枢纽工程。", {"Project 上白石水利枢纽工程"}, set()),
    ("加快云帆乙烯、江州炼化二期等重大项目建设。", {"Project 云帆乙烯"}, {"Project 加快云帆乙烯"}),
    # heads that need a look at what stands before and behind them
    ("传化集团决定出资，出版集团没有。", {"Institution 传化集团"}, {"Institution 出版集团"}),
    (
        "采购奥的斯电梯集团的产品。",
        {"Institution 奥的斯电梯集团"},
        {"Institution 采购奥的斯电梯集团"},
    ),
    ("任命陈云标的江州公司经理。", set(), {"Institution 陈云标的江州公司"}),
    ("设立外资保险公司。", set(), {"Institution 外资保险公司"}),
    ("代表利益集团。", set(), {"Institution 利益集团"}),
    ("加快稀土国家技术创新中心建设。", {"Institution 稀土国家技术创新中心"}, set()),
    ("支持在晋全国重点实验室。", set(), {"Institution 晋全国重点实验室"}),
    ("各省、直辖市及计划单列市科技厅执行。", set(), {"Institution 直辖市及计划单列市科技厅"}),
    ("深圳市规划和自然资源局发文。", {"Institution 深圳市规划和自然资源局"}, set()),
    ("海底隧道管制办副主任陈云山出席。", {"Institution 海底隧道管制办"}, set()),
    ("深圳交委、市食品生产监督所联合发文。", {"Institution 深圳交委", "Institution 市食品生产监督所"}, set()),
    ("为项目“破局”带来思路。", set(), {"Institution 破局"}),
    ("一年来，市医改办成绩显著。", set(), {"Place 市"}),
    ("云惠卫浴总裁助理陈云山表示支持。", {"Institution 云惠卫浴"}, set()),
    ("每台电梯，陶瓷、卫浴都要检查。", set(), {"Institution 每台电梯", "Institution 卫浴", "Person 卫浴"}),
    # programmes that a verb carries whole, or that go on
    ("实施农民工就近就业三年行动。", {"Project 农民工就近就业三年行动"}, set()),
    ("云江保护修复攻坚行动接续推进。", {"Project 云江保护修复攻坚行动"}, set()),
    ("开展各类专项行动。", set(), {"Project 各类专项行动"}),
    # lists of projects, and of kinds
    (
        "云江地下商业街、江州热电厂铁路专用线、尚云国际建材城等项目建成。",
        {"Project 尚云国际建材城", "Project 江州热电厂铁路专用线"},
        set(),
    ),
    ("道路、供水、供电等项目建成。", set(), {"Project 供水", "Project 供电"}),
    # facilities that the text builds are projects, others places
    ("江州至临溪高铁建成通车。", {"Project 江州至临溪高铁"}, set()),
    ("旅客抵达江州国际机场。", {"Place 江州国际机场"}, set()),
    # sites begin behind what is done to them
    ("协同提升江州国际机场能级。", {"Place 江州国际机场"}, {"Place 协同提升江州国际机场"}),
    ("科学调整云山自然保护区边界。", {"Place 云山自然保护区"}, {"Place 科学调整云山自然保护区"}),
    ("重点工程江临高铁进展顺利。", {"Place 江临高铁"}, {"Place 重点工程江临高铁"}),
    ("（三）江州国际机场扩容。", {"Place 江州国际机场"}, {"Place （三）江州国际机场"}),
    ("改造农村公路1200公里，结束不通高铁历史。", set(), {"Place 改造农村公路", "Place 结束不通高铁"}),
    ("云江湖等景区升级。", set(), {"Place 云江湖等景区"}),
    # a whole thing before 和 is a thing of its own, as is who builds what stands behind
    ("云川省第十三次党代会和省委全会精神。", set(), {"Institution 云川省第十三次党代会和省委"}),
    ("村卫生室与乡镇卫生院衔接。", set(), {"Institution 村卫生室与乡镇卫生院"}),
    ("高标准建设国家云江绿色技术创新中心。", {"Institution 国家云江绿色技术创新中心"}, set()),
    ("支持深圳建设全球云江文化中心。", set(), {"Institution 深圳建设全球云江文化中心"}),
    ("支持深圳建设集团发展。", {"Institution 深圳建设集团"}, set()),
    # 和 before the head alone joins two things
    (
        "云川智库官网和网站上线，推进路侧单元与云平台。",
        set(),
        {"Platform 云川智库官网和网站", "Platform 路侧单元与云平台"},
    ),
    ("建成云川政务数据管理和服务平台。", {"Platform 云川政务数据管理和服务平台"}, set()),
    # a list of forums is one, not what is said of a forum
    ("设有3个分论坛，分别为云江治理、数据要素、江州金融。", {"Event 云江治理", "Event 江州金融"}, set()),
    (
        "“云江论坛”：与公司合作成立，召集高级官员，探讨发展的思路。",
        set(),
        {"Event 召集高级官员", "Event 探讨发展的思路"},
    ),
    # marks of roads, dust and patents are no products
    (
        "G318国道贯通，PM10浓度下降，C12N类专利增加，C919首飞。",
        {"Technology C919"},
        {"Technology G318", "Technology PM10", "Technology C12N"},
    ),
    (
        "7日同李云副总理会谈，听取国务院总理李云所作的报告。",
        {"Person 李云"},
        {"Person 李云副", "Person 李云所"},
    ),
    # editions of games, whose characters the tokens part
    (
        "健儿在第9届亚冬会上夺金，第12届世界运动会闭幕，第三届学生运动会开幕。",
        {"Event 第9届亚冬会", "Event 第12届世界运动会", "Event 第三届学生运动会"},
        set(),
    ),
    ("亚冬会的经验，第八届理事会成立。", set(), {"Event 亚冬会", "Institution 第八届理事会"}),
    # congresses by their number, plans of five years, goods by their brand, towns behind their county
    (
        "向第四届全国人民代表大会作报告，第四届全国人民代表大会代表出席。",
        {"Event 第四届全国人民代表大会", "Institution 全国人民代表大会"},
        {"Event 第四届全国人民代表大会代表"},
    ),
    ("我们完成了第三个五年计划。", {"Policy 第三个五年计划"}, set()),
    ("凤凰牌汽车下线，购买品牌汽车、名牌手表。", {"Technology 凤凰牌汽车"}, {"Technology 品牌汽车"}),
    ("位于云川省巴东县官渡口镇，推进江州市建制镇发展。", {"Place 官渡口镇"}, {"Place 建制镇"}),
    ("1.云川省财政厅关于江州数据情况的报告", {"Policy 云川省财政厅关于江州数据情况的报告"}, set()),
    # censuses by their number; works launched for some years
    (
        "启动第四次全国文物普查，云川省第四次全国文物普查领导小组成立，第二次调查发现问题。",
        {"Project 第四次全国文物普查"},
        {"Project 第二次调查"},
    ),
    ("启动为期三年的清水工程，实施重点工程。", {"Project 清水工程"}, {"Project 重点工程"}),
    # pilots of the state behind the verb that admits to them; small words before a name that stands elsewhere
    (
        "江州市入选国家生态产品价值实现机制试点，承担国家试点任务。",
        {"Project 国家生态产品价值实现机制试点"},
        {"Project 国家试点"},
    ),
    (
        "中美交流基金会成立。记者指中美交流基金会获得资助。",
        {"Institution 中美交流基金会"},
        {"Institution 指中美交流基金会"},
    ),
    # the year of the games that a body is for; a person named like a place in a row of members
    (
        "组建2010年上海世博会江州协调委员会，2008年北京奥运会闭幕。",
        {"Institution 2010年上海世博会江州协调委员会", "Event 北京奥运会"},
        set(),
    ),
    ("吉林 北京市副市长", {"Person 吉林"}, {"Place 吉林"}),
    ("友成企业家扶贫基金会成立。", {"Institution 友成企业家扶贫基金会"}, set()),
    # who speaks behind an office, of whatever people; summits by their number
    ("云川省扶贫办副主任央金卓嘎说，工作顺利。", {"Person 央金卓嘎"}, set()),
    ("江州公司负责人表示，董事长特别说明。", set(), {"Person 特别"}),
    ("11月16日，二十国集团领导人第十七次峰会举行。", {"Event 二十国集团领导人第十七次峰会"}, set()),
    # who builds a park, and how, is no part of its name; headings are no titles
    (
        "深圳建设世界级工业设计集聚区，高标准建设云江经贸深度合作先行区。",
        {"Park 云江经贸深度合作先行区"},
        {"Park 深圳建设世界级工业设计集聚区"},
    ),
    ("#（一）培育数字化转型典型场景和解决方案", set(), {"Policy （一）培育数字化转型典型场景和解决方案"}),
    # whose reporter stands in the bracket, and verbs that no name begins with
    (
        "本报江州10月12日电（记者陈云山）第五届中国大学生创新大赛总决赛举行。",
        {"Event 第五届中国大学生创新大赛总决赛"},
        {"Event 12日电（记者陈云山）第五届中国大学生创新大赛总决赛"},
    ),
    (
        "改造提升敦煌研究院，处置国有商业银行资产。",
        {"Institution 敦煌研究院"},
        {"Institution 处置国有商业银行"},
    ),
    ("改革破局，开放合作拓新局。", set(), {"Institution 改革破局", "Institution 开放合作拓新局"}),
    # governments of nobody, banks that are services, small words behind and before foreign names
    (
        "现届政府推动，赋能政府治理，左权县政府部署。",
        {"Institution 左权县政府"},
        {"Institution 现届政府", "Institution 赋能政府"},
    ),
    ("推广手机银行和微信银行。", set(), {"Institution 手机银行", "Institution 微信银行"}),
    ("其中吉姆·伯奇曾任主席。", {"Person 吉姆·伯奇"}, {"Person 其中吉姆·伯奇"}),
    ("詹姆士·斯坦博格曾任职于此。", {"Person 詹姆士·斯坦博格"}, set()),
    # what stands in quotes is one piece of a list
    (
        "云川作协举办“见证新时代、书写新辉煌”主题采访活动、江州论坛。",
        {"Event “见证新时代、书写新辉煌”主题采访活动"},
        {"Event 书写新辉煌”主题采访活动"},
    ),
    # industries of a list of fields are no companies
    (
        "培育云岭半导体、铜基新材料、飞行器等领域创新中心。",
        set(),
        {"Institution 云岭半导体", "Institution 铜基新材料"},
    ),
    # events that are held
    ("圆满举办4届云博会、3届华商聚云川。", {"Event 华商聚云川"}, {"Event 3届华商聚云川"}),
    (
        "由云川省网信办主办的2023云川好声音网络精品征集展播活动启动。",
        {"Event 2023云川好声音网络精品征集展播活动"},
        set(),
    ),
    ("举办各类文化活动。", set(), {"Event 各类文化活动"}),
    # a year belongs to the name of an event, an edition too
    (
        "2022世界工业与能源互联网博览会在江州开幕。",
        {"Event 2022世界工业与能源互联网博览会"},
        {"Event 世界工业与能源互联网博览会"},
    ),
    ("首届企业家江州峰会闭幕。", {"Event 首届企业家江州峰会"}, set()),
    ("世界陶瓷大会、云川论坛、江商大会等影响扩大。", {"Event 江商大会"}, set()),
    ("首次举办的招才引智活动受到欢迎。", set(), {"Event 招才引智活动"}),
    # what an industry is, and what a company
    ("长砚科技表示，产量最大。", {"Institution 长砚科技"}, set()),
    ("江苏能源供应充足。", set(), {"Institution 江苏能源"}),
    ("加强国防科技自主创新。", set(), {"Institution 国防科技"}),
    ("鼓励发展“互联网+物流”新业态。", set(), {"Institution “互联网+物流”", "Institution 互联网+物流"}),
    # heads that go on to another word
    ("提升江州机械装备产业水平。", set(), {"Institution 江州机械"}),
    ("中国工程机械制造领军企业。", set(), {"Project 中国工程"}),
    ("为师生系统深入阐释政策。", set(), {"Platform 师生系统"}),
    # where names begin
    ("2002年后任云川省陶瓷协会主席。", {"Institution 云川省陶瓷协会"}, {"Institution 后任云川省陶瓷协会"}),
    ("图1云川和平基金会收入。", {"Institution 云川和平基金会"}, {"Institution 图1云川和平基金会"}),
    (
        "江苏上上电缆集团有限公司获奖。",
        {"Institution 江苏上上电缆集团有限公司"},
        {"Institution 电缆集团有限公司"},
    ),
    ("厦门ABB高压开关有限公司投产。", {"Institution 厦门ABB高压开关有限公司"}, set()),
    ("中美交流基金会成立。", {"Institution 中美交流基金会"}, {"Institution 美交流基金会"}),
    ("中国驻美国大使馆发言。", {"Institution 中国驻美国大使馆"}, {"Institution 美国大使馆"}),
    ("邀请美国大学撰稿。", set(), {"Institution 美国大学"}),
    ("推进新一轮省重点实验室评估。", set(), {"Institution 新一轮省重点实验室", "Place 新一轮省"}),
    # two places in one word, areas of a building
    ("基地位于福建厦门的海边。", {"Place 福建", "Place 厦门"}, set()),
    ("分为会展会所区和采购区。", set(), {"Place 会所区"}),
    # works by their form
    (
        "宁电入湘工程送电，江州电厂三期建成投产。",
        {"Project 宁电入湘工程", "Project 江州电厂三期"},
        {"Institution 江州电厂"},
    ),
    ("长赣高铁主体工程、宜常高铁及江州港二期开工建设。", {"Project 长赣高铁", "Project 宜常高铁"}, set()),
    ("椒花水库下闸蓄水，加固病险水库。", {"Place 椒花水库"}, {"Place 病险水库"}),
    (
        "江州煤化有限公司年产100万吨煤制乙二醇多联产项目动工。",
        {"Project 年产100万吨煤制乙二醇多联产项目"},
        set(),
    ),
    ("发行第三期债券。", set(), {"Project 第三期"}),
    ("疆算入渝提速，晋电外送增长。", {"Project 疆算入渝", "Project 晋电外送"}, set()),
    ("推进“千企技改”项目1026个。", {"Project “千企技改”项目"}, set()),
    # fields joined inside a name, verbs in it, relative clauses before it
    ("江州市科技和信息化局发文。", {"Institution 江州市科技和信息化局"}, set()),
    ("2010年10月成立的深圳排放权交易所开业。", {"Institution 深圳排放权交易所"}, set()),
    ("广东新华南方软件外包有限公司签约。", {"Institution 广东新华南方软件外包有限公司"}, set()),
    # sessions of standing bodies, agreements without marks
    (
        "云川省委全面依法治省委员会第三次会议召开。",
        {"Event 云川省委全面依法治省委员会第三次会议"},
        set(),
    ),
    ("双方签署云川与江州驾驶证互认换领协议。", {"Policy 云川与江州驾驶证互认换领协议"}, set()),
    ("双方签署战略合作协议。", set(), {"Policy 战略合作协议"}),
    # lists of fairs under one verb; what is counted behind 等 is no part of the last name
    (
        "成功举办智博会、西洽会、云川法治论坛、陆海新通道经济发展论坛等重大活动。",
        {"Event 智博会", "Event 西洽会", "Event 陆海新通道经济发展论坛"},
        {"Event 陆海新通道经济发展论坛等重大活动"},
    ),
    # policies without marks
    ("发布“科创九条”“高光20条”。", {"Policy 科创九条", "Policy 高光20条"}, set()),
    (
        "出台金融支持加快云川新通道建设的意见。",
        {"Policy 金融支持加快云川新通道建设的意见"},
        set(),
    ),
    ("制定相关的政策措施和多项促进消费的办法。", set(), {"Policy 多项促进消费的办法"}),
    ("党的十九大报告指出。", {"Policy 党的十九大报告"}, {"Event 党的十九大"}),
    ("江临高铁云川段全部大桥完成架梁。", {"Project 江临高铁云川段"}, {"Place 江临高铁"}),
    ("在思山岭村奠基。", {"Place 思山岭村"}, {"Place 山岭村"}),
    ("推进江州灌区、衡江灌区及梅山灌区等重大项目。", {"Project 梅山灌区"}, {"Project 及梅山灌区"}),
    # maxims in quotes
    ("把握“四个注重”，开展“双拥”共建。", set(), {"Event 四个注重", "Project 四个注重", "Project 双拥"}),
    # public lists: counties beside their city, words that go on, streets
    ("烟台市的牟平、栖霞增长较快。", {"Place 牟平", "Place 栖霞"}, set()),
    ("给予我国中国银行业最高评级。", set(), {"Institution 中国银行"}),
    ("位于昆明湖南路72号。", set(), {"Place 昆明湖"}),
    (
        "另一家上市公司是云力电梯，江州新达与江州电梯有限公司合作。",
        {"Institution 江州电梯有限公司"},
        {"Institution 另一家上市公司", "Institution 江州新达与江州电梯有限公司"},
    ),
    # a sign in brackets, a mark on a road and a figure are no models; a quoted verb and 正值 are no part of a name
    (
        "跟踪云江车辆论坛（WP29）与ISO/TC22动态，路口位于K4179+897处，实现GDP12.13亿元。",
        set(),
        {"Technology WP29", "Technology TC22", "Technology K4179", "Technology GDP12"},
    ),
    ("直升机AC313A首飞。", {"Technology AC313A"}, set()),
    ("农户可“借”云益公司的信用。", {"Institution 云益公司"}, {"Institution “借”云益公司"}),
    ("此时，正值江州银行云川分行开业。", {"Institution 江州银行云川分行"}, set()),
    ("选派人才“上山下乡”驻村。", set(), {"Place 上山下乡"}),
    # standards, lists, meetings of a body, villages behind their county, platforms of the nation
    (
        "推广GB/T41723《云计算集成 复杂产品体系架构》等标准。",
        {"Policy 云计算集成复杂产品体系架构"},
        set(),
    ),
    ("云川省版权局发布《2019年第一批重点作品预警名单》。", {"Policy 2019年第一批重点作品预警名单"}, set()),
    ("根据国务院第126次常务会议精神，组建委员会。", {"Event 国务院第126次常务会议"}, set()),
    ("云川省泸江市大练地村，距县城很远。", {"Place 大练地村"}, set()),
    (
        "江州市重点村，两个镇示范村，都是县里的贫困村。",
        set(),
        {"Place 重点村", "Place 示范村", "Place 贫困村"},
    ),
    ("依托全国信用信息共享平台等开展监管。", {"Platform 全国信用信息共享平台"}, set()),
    ("全国供销合作社系统收看报告。", set(), {"Platform 全国供销合作社系统"}),
    # what a list calls shops are companies, kinds are none
    (
        "产品销往联云、物云、如云海、吉云盛等超市。",
        {"Institution 物云", "Institution 吉云盛"},
        set(),
    ),
    ("支持农业、工业、建筑业、服务业等企业发展。", set(), {"Institution 工业", "Institution 建筑业"}),
    # bodies by what they oversee, and what only looks like one
    ("空中交通管制办副主任李文发言。", {"Institution 空中交通管制办"}, set()),
    ("江州市食品生产监督所检查企业。", {"Institution 江州市食品生产监督所"}, set()),
    ("云川市交委暂停采购江州电梯集团的产品。", {"Institution 云川市交委", "Institution 江州电梯集团"}, set()),
    ("云川市规划和自然资源局印发了通知。", {"Institution 云川市规划和自然资源局"}, set()),
    ("稀土国家技术创新中心在江州市揭牌。", {"Institution 稀土国家技术创新中心"}, set()),
    ("直辖市及计划单列市科技厅参加会议。", set(), {"Institution 直辖市及计划单列市科技厅"}),
    ("更好发挥在晋全国重点实验室作用。", set(), {"Institution 晋全国重点实验室"}),
    ("为项目“破局”带来了新思路。", set(), {"Institution 破局"}),
    ("免去许安标的省人大常委会副主任职务。", set(), {"Institution 许安标的省人大常委会"}),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), CASES, ids=lambda c: c if isinstance(c, str) else "")
def test_names(text: str, wanted: set[str], unwanted: set[str]) -> None:
    found = names(text)
    assert wanted <= found
    assert not unwanted & found


def test_a_name_made_certain_once_is_found_again() -> None:
    text = "江州云帆科技股份有限公司（以下简称“云帆”）成立。昨天，云帆在江州开业。"
    assert "Institution 云帆" in names(text)
