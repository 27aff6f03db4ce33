using Eigenflow.Data;
using Eigenflow.Systems.DiffusionSpectralBias;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>Files of the user: rows, covariances, measured variances; what is refused.</summary>
public sealed class DataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ISystem system = SystemCatalog.Find("diffusion-spectral-bias");

    [Fact]
    public void WideRowsHaveTheModesOfTheirCovariance()
    {
        // Three rows of five columns: two modes, the same by the Gram matrix and by the whole covariance.
        var table = new DataMatrix(3, 5, [1, 2, 0, -1, 3, 0, 1, 1, 2, -2, 2, 0, -1, 1, 0.5]);
        var modes = DataModes.OfRows(table, isCentred: true);
        modes.Count.ShouldBe(2);
        var (_, centred) = DataModes.Centre(table);
        var covariance = new double[25];
        for (var k = 0; k < 25; k++)
            covariance[k] = Enumerable.Range(0, 3).Sum(row => centred[(row * 5) + (k / 5)] * centred[(row * 5) + (k % 5)]) / 3;
        var whole = DataModes.OfCovariance(new DataMatrix(5, 5, covariance));
        whole.Variances[0].ShouldBe(modes.Variances[0], 1e-12);
        whole.Variances[1].ShouldBe(modes.Variances[1], 1e-12);
        var (ours, theirs) = (((DataBasis)modes.Basis).Vectors, ((DataBasis)whole.Basis).Vectors);
        for (var k = 0; k < 10; k++)
            ours[k].ShouldBe(theirs[k], 1e-10);
        modes.Rows.Sum(value => value * value).ShouldBe(3 * modes.Trace, 1e-10);
    }

    // σ₀ and σ_T have units: with them scaled as the data only times change, by the square.
    [Theory]
    [InlineData(1e5)]
    [InlineData(1e-5)]
    public void UnitsOfRowsChangeTimesAlone(double unit)
    {
        double[] values = [.. Enumerable.Range(0, 240).Select(k => (3 + Math.Sin(1.3 * k * k)) / (1 + (k % 6)))];
        DiffusionProblem Of(double scale) => DataModes.OfRows(new DataMatrix(40, 6, [.. values.Select(value => scale * value)]), isCentred: true) is var modes
            ? new DiffusionProblem { Variances = modes.Variances, Modes = modes, SigmaMin = 0.002 * scale, SigmaMax = 80 * scale } : null!;
        for (var mode = 0; mode < 4; mode++)
            (Of(unit).EmergenceTime("geometric", mode) * unit * unit / Of(1).EmergenceTime("geometric", mode)).ShouldBe(1, 1e-8);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void UnitsAndOrderDoNotChangeExponents(double unit)
    {
        double[] targets = [.. Enumerable.Range(0, 10).Select(k => Math.Pow(2, 3 - k))], times = [.. Enumerable.Range(0, 60).Select(row => Math.Pow(10, -3 + (row * 6.0 / 59)))];
        string Rows(double scale, IEnumerable<double> order) => "t," + string.Join(',', targets.Select((_, k) => $"m{k}")) + "\n" + string.Join('\n', order.Select(t => string.Join(',', targets.Select(target => scale * 1e-4 * Math.Pow(target / 1e-4, 1 - Math.Exp(-t * target))).Prepend(t * scale).Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))));
        var plain = Measured(folder.Write("a.csv", Rows(1, times)));
        var other = Measured(folder.Write("b.csv", Rows(unit, times.Reverse())));
        other.SummaryOf("rising-exponent")!.Value.ShouldBe(plain.SummaryOf("rising-exponent")!.Value, 1e-9);
        plain.SummaryOf("rising-exponent")!.Value.ShouldBe(1, 0.05);
        plain.SummaryOf("rising-modes").ShouldBe(10);
        other.SummaryOf("predicted-rising-exponent")!.Value.ShouldBe(plain.SummaryOf("predicted-rising-exponent")!.Value, 1e-9);
        (other.SummaryOf("unit")!.Value * unit).ShouldBe(plain.SummaryOf("unit")!.Value, 1e-9);
    }

    [Fact]
    public void GapsAreLeftOut()
    {
        var rows = Enumerable.Range(0, 40).Select(row => Math.Pow(10, -2 + (row / 10.0))).Select((t, row) => FormattableString.Invariant($"{t:R},{(row % 7 == 3 ? "" : (1e-3 + (t / (1 + t))).ToString("R", System.Globalization.CultureInfo.InvariantCulture))}"));
        var solution = Measured(folder.Write("gaps.csv", "t,first\n" + string.Join('\n', rows)));
        solution["emergence-time"][0].ShouldBeInRange(0.08, 0.2);

        // Its variance is tenfold by the first row.
        solution.Warnings.ShouldContain(text => text.StartsWith("1 of 1 modes have made more than 10 % of their way before the first row", StringComparison.Ordinal));
        solution["group"].ShouldBe([0]);
    }

    [Theory]
    [InlineData("trajectories", "t,a\n1,1\n", "at least 6 rows")]
    [InlineData("trajectories", "x,a\n1,1\n2,2\n", "a column of training times")]
    [InlineData("trajectories", "t,a\n1,1\n1,2\n2,1\n3,1\n4,1\n5,1\n6,1\n", "one row per training time")]
    [InlineData("trajectories", "t,a\n1,1\n2,-2\n3,1\n4,1\n5,1\n6,1\n", "finite variances >= 0")]
    public void TrajectoriesThatAreNoneAreRefused(string name, string text, string expected) =>
        Should.Throw<EigenflowException>(() => system.Complete("measured", Setting.Empty.With(name, "file:" + folder.Write("x.csv", text)))).Message.ShouldContain(expected);

    [Theory]
    [InlineData("inputs", "1,2\n", "at least two rows")]
    [InlineData("inputs", "1,2\n1,2\n1,2\n", "at least one column varies")]
    [InlineData("inputs", "0.1,0.7\n0.1,0.7\n0.1,0.7\n", "at least one column varies")]
    [InlineData("covariance", "1,2,3\n4,5,6\n", "a square matrix")]
    [InlineData("covariance", "1,0.5\n0.4,1\n", "a symmetric matrix")]
    [InlineData("covariance", "1,2\n2,1\n", "positive semidefinite")]
    [InlineData("spectrum", "1\n-1\n", "variances >= 0")]
    [InlineData("spectrum", "0\n0\n", "at least one variance > 0")]
    [InlineData("mean", "1\n2\n3\n", "one number per mode (32)")]
    [InlineData("start", "1,2\n3,4\n", "a matrix of 32 x 32")]
    public void FilesThatDoNotFitAreRefused(string name, string text, string expected) =>
        Should.Throw<EigenflowException>(() => system.Complete("theory", Setting.Empty.With(name, "file:" + folder.Write("x.csv", text)))).Message.ShouldContain(expected);

    [Theory]
    [InlineData("theory", "architecture=tied gain=0", "zero is a fixed point, modes never emerge")]
    [InlineData("theory", "architecture=deep:3 gain=-1", "a number > 0")]
    [InlineData("theory", "architecture=residual:3 gain=0.5", "1 for residual networks")]
    [InlineData("theory", "architecture=patch:16", "a radius of at most 15")]
    [InlineData("theory", "architecture=edm objective=v", "left out for architecture = edm")]
    [InlineData("theory", "architecture=tied unbalance=1", "it belongs to deep:L")]
    [InlineData("theory", "sigma-min=90", "> sigma-min = 90")]
    [InlineData("theory", "modes-shown=1,40", "<= 32, the number of modes")]
    [InlineData("theory", "spectrum=list:1,nan", "list:VALUE")]
    [InlineData("theory", "architecture=flow-matching weighting=edm", "infinite at the end of the path")]
    [InlineData("theory", "mean=data", "zero or file:PATH without inputs")]
    [InlineData("quadrature", "nodes=10", "an odd whole number")]
    [InlineData("sgd", "dimension=500", "steps whole matrices")]
    [InlineData("gd", "learning-rate=2", "the edge of stability")]
    [InlineData("gd", "architecture=convolution lattice=square", "square number of places")]
    public void SettingsThatMeanNothingAreRefused(string method, string text, string expected)
    {
        var setting = text.Split(' ').Select(pair => pair.Split('=')).Aggregate(Setting.Empty, (all, pair) => all.With(pair[0], pair[1]));
        Should.Throw<ParameterException>(() => system.Complete(method, setting)).Message.ShouldContain(expected);
    }

    [Fact]
    public void FewModesGiveNoExponent()
    {
        var predictions = system.Predict(system.Complete(null, Setting.Empty.With("spectrum", "list:1,0.5")));
        predictions.Single(one => one.Name == "rising-exponent").Withheld.ShouldBe("not enough modes (2)");
        var zero = system.Predict(system.Complete(null, Setting.Empty.With("spectrum", "list:1,0.5,0.2,0").With("modes-shown", "1,4")));
        zero.Single(one => one.Name == "emergence-time-4").Withheld.ShouldContain("nothing to learn");
        zero.Single(one => one.Name == "rising-exponent").Value.ShouldBe(1, 0.2);
    }

    private Eigenflow.Solutions.Solution Measured(string path) => system.Solve(system.Complete("measured", Setting.Empty.With("trajectories", "file:" + path)));

    public void Dispose() => folder.Dispose();
}
