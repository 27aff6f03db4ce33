using Eigenflow.Scaling.LossCurves;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.LossCurves;

/// <summary>Measured curves beside the repository (docs/fit-schedule.md says which); the folder can be named by EIGENFLOW_LOSS_CURVES.</summary>
public sealed class MeasuredCurvesTests
{
    [Theory]
    [InlineData("params2626048")]
    [InlineData("params41961472")]
    public void TheDirectLawErrsByAThirdOfTheBaselineOnSchedulesItHasNotSeen(string size)
    {
        var folder = Folder();
        Assert.SkipWhen(folder is null, "the measured loss curves are not here: set EIGENFLOW_LOSS_CURVES to their folder");
        var curves = Directory.GetFiles(folder!, $"*_{size}_*.csv").Order(StringComparer.Ordinal).Select(path => LossCurveReader.Read(path)).ToArray();
        curves.Length.ShouldBe(5);
        var pairs = ScheduleFitPairs.Run(curves, new ScheduleFitOptions { Resamples = 20, Restarts = 10 }, null, TestContext.Current.CancellationToken);
        pairs.Median("direct").ShouldBeLessThan(pairs.Median("power-time") / 3);
        pairs.Fits.Count(fit => !fit.IsIdentifiable).ShouldBe(1, "one schedule is constant");
    }

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("EIGENFLOW_LOSS_CURVES") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "loss-curves");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
