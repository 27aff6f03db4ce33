using Eigenflow.Data;
using Eigenflow.Spectra.Estimation;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.DiffusionSpectralBias;

/// <summary>In which unit the variances of a saved spectrum are.</summary>
public sealed class SpectrumUnitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ISystem system = SystemCatalog.Find("diffusion-spectral-bias");

    [Fact]
    public void SavedSpectraHaveTheUnitOfTheirData()
    {
        var given = folder.Write("given.csv", "3\n1.5\n0.5\n");
        var saved = folder.Path("saved.csv");
        SpectrumEstimate.FromGiven(GivenSpectrum.FromEigenvalues(new DataMatrix(3, 1, [3, 1.5, 0.5]), null), new SpectrumEstimateOptions(), default).Save(saved, "data");
        double[] own = Times(given), back = Times(saved);
        for (var mode = 0; mode < own.Length; mode++)
            back[mode].ShouldBe(own[mode], 1e-9 * own[mode]);
        system.Notes(Completed(saved)).ShouldContain(note => note.StartsWith("variances are those of the file times the trace of the data that it tells, 5", StringComparison.Ordinal));
    }

    [Fact]
    public void NormalisedSpectraWithoutTheirTraceAreTold()
    {
        system.Notes(Completed(folder.Write("one.csv", "0.6\n0.3\n0.1\n"))).ShouldContain(note => note.StartsWith("the variances of the file add up to one", StringComparison.Ordinal));
        system.Notes(Completed(folder.Write("two.csv", "1.2\n0.6\n0.2\n"))).ShouldNotContain(note => note.StartsWith("the variances of the file add up to one", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("# trace of the data: many\n1\n", "tells no trace")]
    [InlineData("# trace of the data: -1\n1\n", "tells no trace")]
    [InlineData("1\n-0.1\n", "eigenvalue 2 is -0.1")]
    public void WrongFilesAreNamed(string text, string expected)
    {
        var message = Should.Throw<EigenflowException>(() => Completed(folder.Write("wrong.csv", text))).Message;
        message.ShouldContain(expected);
        message.ShouldContain("wrong.csv");
    }

    public void Dispose() => folder.Dispose();

    private CompletedSetting Completed(string path) => system.Complete("emergence", Setting.Empty.With("spectrum", "file:" + path));

    private double[] Times(string path) => system.Solve(Completed(path))["emergence-time"];
}
