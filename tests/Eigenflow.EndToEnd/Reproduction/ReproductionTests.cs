using Eigenflow.Rendering;
using Eigenflow.Studies;
using Eigenflow.Systems;
using Eigenflow.Tests.Rendering;

namespace Eigenflow.EndToEnd;

/// <summary>What every reproduction of the catalog does: its claims have the verdicts that are known, its figures are whole at every size and hold the data that they held before.</summary>
public sealed class ReproductionTests(SharedReports reports)
{
    // Six teachers leave the spread over the noise between a half and two.
    private static readonly Dictionary<string, Verdict> Expected = new(StringComparer.Ordinal)
    {
        ["collapse-score-a1.5"] = Verdict.Inconclusive,
        ["components-folded-below"] = Verdict.Inconclusive,

        // Powers close to the transition have no exponent, and the power of a logarithm comes late.
        ["paper-exponent-squares"] = Verdict.Inconclusive,
        ["paper-decay-logistic"] = Verdict.Inconclusive,
        ["decay-squares-a1.1-a1.5-b0"] = Verdict.Inconclusive,
        ["constant-squares-a1.1-a1.5-b0"] = Verdict.Inconclusive,
        ["decay-logistic-a1.1-a1.5-b0"] = Verdict.Inconclusive,
        ["logarithm-logistic-a1.1-a1.5-b0"] = Verdict.Inconclusive,
        ["variance-logistic-a1.1-a1.5-b0"] = Verdict.Inconclusive,
        ["logarithm-logistic-a3-a4-b0.25"] = Verdict.Inconclusive,
        ["logarithm-logistic-a1.5-b0"] = Verdict.Inconclusive,

        // Exponents of samples at T below 10⁶ are those of logarithms; 16 runs know some means to 3 % only; the best step size is the largest safe one.
        ["final-signed-a1.5-b2.5"] = Verdict.Inconclusive,
        ["final-positive-a1.5-b2.5"] = Verdict.Inconclusive,
        ["final-linear-a1.5-b2.5"] = Verdict.Inconclusive,
        ["data-exponent-signed-a1.5-b2.5"] = Verdict.Inconclusive,
        ["data-exponent-positive-a1.5-b2.5"] = Verdict.Inconclusive,
        ["data-exponent-linear-a1.5-b2.5"] = Verdict.Inconclusive,
        ["data-exponent-signed-a3-b1.5"] = Verdict.Inconclusive,
        ["data-exponent-positive-a3-b1.5"] = Verdict.Inconclusive,
        ["data-exponent-linear-a3-b1.5"] = Verdict.Inconclusive,
        ["data-exponent-signed-a4-b2"] = Verdict.Inconclusive,
        ["data-exponent-positive-a4-b2"] = Verdict.Inconclusive,
        ["data-exponent-linear-a4-b2"] = Verdict.Inconclusive,
        ["rate-exponent-signed"] = Verdict.Inconclusive,
        ["rate-exponent-linear"] = Verdict.Inconclusive,
        ["compute-exponent-signed-a1.5-b2.5"] = Verdict.Inconclusive,
        ["compute-model-signed-a1.5-b2.5"] = Verdict.Inconclusive,
        ["compute-exponent-linear-a1.5-b2.5"] = Verdict.Inconclusive,
        ["compute-model-linear-a1.5-b2.5"] = Verdict.Inconclusive,
        ["moments-positive-a1.5-b2-k100"] = Verdict.Inconclusive,

        // Wick's theorem is a tenth off there, and a thousand runs know the scatter to 4 %.
        ["floor-cosine-x0.9"] = Verdict.Inconclusive,

        // At σ = 0.1 labels do not dominate, and for s = 0.1 what is never learned acts as noise.
        ["momentum-tuned-sgd-b0-sigma0-1"] = Verdict.OutOfWindow,
        ["momentum-tuned-sgd-b0-4-sigma0-1"] = Verdict.OutOfWindow,
        ["momentum-tuned-polyak-b0-4-sigma0-1"] = Verdict.OutOfWindow,
        ["momentum-tuned-nesterov-b0-4-sigma0-1"] = Verdict.OutOfWindow,
        ["momentum-horizon-low-polyak-s0-1-b4"] = Verdict.OutOfWindow,
        ["momentum-horizon-high-polyak-s0-1-b4"] = Verdict.OutOfWindow,
        ["momentum-horizon-low-nesterov-s0-1-b4"] = Verdict.OutOfWindow,
        ["momentum-horizon-high-nesterov-s0-1-b4"] = Verdict.OutOfWindow,
    };

    private static readonly Dictionary<string, int> FiguresOfPapers = new(StringComparer.Ordinal) { ["phase-retrieval"] = 6, ["spectral-descent"] = 8, ["functional-scaling-law"] = 12, ["scaling-renormalization"] = 11, ["multiscale-double-descent"] = 6, ["u-turn-double-descent"] = 9, ["multiclass-sgd"] = 10, ["quadratic-parameterization"] = 12, ["scaling-collapse"] = 14, ["in-and-out-of-equilibrium"] = 8, ["diffusion-spectral-bias"] = 21, ["rao-blackwell-diffusion"] = 11 };

    // Drawings of a model, and figures of networks alone.
    private static readonly Dictionary<string, int[]> DrawingsOfPapers = new(StringComparer.Ordinal) { ["multiscale-double-descent"] = [2], ["u-turn-double-descent"] = [1], ["scaling-collapse"] = [9, 13], ["diffusion-spectral-bias"] = [1, 3, 4, .. Enumerable.Range(9, 12)] };

    public static TheoryData<string> Systems => [.. SystemCatalog.All.Select(system => system.Id)];

    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var system in SystemCatalog.All)
            {
                foreach (var task in TasksOf(system))
                    data.Add(system.Id, task.Id);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task ClaimsHoldAndFiguresAreWholeAndHoldTheirData(string system, string id)
    {
        var result = await reports.Result(system, id);
        foreach (var claim in result.Claims)
            claim.Verdict.ShouldBe(Expected.GetValueOrDefault(claim.Id, claim.Correction.Length > 0 ? Verdict.FailsAsPrinted : Verdict.Holds), claim.ToString());
        result.Claims.Select(claim => claim.Id).ShouldBeUnique();
        (result.Claims.Count + result.Figures.Count).ShouldBeGreaterThan(0);
        result.Figures.Select(figure => figure.Id).ShouldAllBe(name => IsFileName(name));
        foreach (var figure in result.Figures)
        {
            figure.Caption.ShouldNotBeEmpty();
            foreach (var panel in figure.Panels.Where(panel => panel.HeatMap is null && panel.Images is null))
                panel.Series.ShouldContain(series => series.Y.Count(double.IsFinite) > 1);
            LayoutExamination.Examine(figure);
        }

        foreach (var table in result.Tables)
            table.Rows.ShouldAllBe(row => row.Count == table.Columns.Count);
        GoldenFigures.Compare($"{system}-{id}", result.Figures);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void TasksHaveUniqueNamesAndDrawEveryFigureOfThePaper(string id)
    {
        var system = SystemCatalog.Find(id);
        var tasks = TasksOf(system);
        tasks.Select(task => task.Id).ShouldBeUnique();
        tasks.Select(task => task.Id).ShouldAllBe(name => IsFileName(name));
        tasks.Select(task => task.Title).ShouldBeUnique();
        tasks.Select(task => task.Weight).ShouldAllBe(weight => weight > 0);
        system.Beyond.ShouldAllBe(task => task.FigureNumbers.Count == 0);
        tasks.SelectMany(task => task.FigureNumbers).Order().ShouldBe(Enumerable.Range(1, FiguresOfPapers[id]).Except(DrawingsOfPapers.GetValueOrDefault(id, [])));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void ACancelledTaskEnds(string id)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        foreach (var task in TasksOf(SystemCatalog.Find(id)))
            Should.Throw<OperationCanceledException>(() => task.Run(null, cancelled.Token), task.Id);
    }

    [Theory]
    [InlineData("phase-retrieval", "claims-hierarchy")]
    [InlineData("phase-retrieval", "claims-collapse")]
    public async Task RunningAgainGivesTheSame(string system, string id)
    {
        var (first, second) = (await reports.Result(system, id), Run(system, id));
        second.Figures.Select(FigureCsv.Render).ShouldBe(first.Figures.Select(FigureCsv.Render));
        second.Figures.Select(figure => figure.Caption).ShouldBe(first.Figures.Select(figure => figure.Caption));
        CsvText.Claims(second.Claims).ShouldBe(CsvText.Claims(first.Claims));
    }

    [Fact]
    public void ProgressGoesFromNothingToAtMostEverything()
    {
        var reports = new List<double>();
        SystemCatalog.Find("phase-retrieval").Reproduction.Single(task => task.Id == "claims-discrete").Run(new Recorder(reports), CancellationToken.None);
        reports.ShouldNotBeEmpty();
        reports.ShouldAllBe(fraction => fraction >= 0 && fraction <= 1);
    }

    private static ReproductionTask[] TasksOf(ISystem system) => [.. system.Reproduction, .. system.Beyond];

    private static ReproductionResult Run(string system, string id) => SystemCatalog.Find(system).Reproduction.Single(task => task.Id == id).Run(null, CancellationToken.None);

    private static bool IsFileName(string id) => id.Length > 0 && id.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    private sealed class Recorder(List<double> reports) : IProgress<Eigenflow.Solutions.Progress>
    {
        public void Report(Eigenflow.Solutions.Progress value) => reports.Add(value.Fraction);
    }
}
