using Eigenflow.Data;
using Eigenflow.Random;
using Eigenflow.Settings;
using Eigenflow.Spectra;
using static Eigenflow.Systems.DiffusionSpectralBias.DiffusionParameters;

namespace Eigenflow.Systems.DiffusionSpectralBias;

/// <summary>How settings become problems: spectra, files, starts and means.</summary>
internal static class DiffusionSettings
{
    private const int SpectrumStream = 0, StartStream = 1;

    /// <summary>The problem of a setting.</summary>
    public static DiffusionProblem Of(SettingView setting)
    {
        var architecture = setting.Get(Network).Value;
        var modes = ModesOf(setting, architecture);
        var gain = setting[Gain] ?? DefaultGain(architecture);
        var isFilter = architecture.Kind == ArchitectureKind.Convolution && setting.Get(Start).Path is not null;
        return new DiffusionProblem
        {
            Filter = isFilter ? StationaryModes.FilterOf(InputVector.ReadMatrix(setting.Get(Start).Path!), (WaveBasis)modes.Basis) : null,
            Variances = modes.Variances,
            Modes = modes,
            Mean = MeanOf(setting, modes),
            Gain = gain,
            LearningRate = setting[LearningRate] ?? 1,
            Architecture = architecture,
            SigmaMin = setting[SigmaMin],
            SigmaMax = setting[SigmaMax],
            SigmaData = setting[SigmaData],
            Objective = setting.Get(Target),
            Process = setting.Get(Process),
            Weighting = WeightingOf(setting[Weighting]),
            Unbalance = setting[Unbalance],
            WeightSigma = setting[WeightSigma],
            Start = isFilter ? null : StartOf(setting, architecture, modes.Count, gain),
        };
    }

    /// <summary>The gain where none is given.</summary>
    public static double DefaultGain(Architecture architecture) => architecture.Kind switch { ArchitectureKind.Edm => 0, ArchitectureKind.Residual => 1, _ => 0.1 };

    /// <summary>Number of modes that a list or a file fixes, or null.</summary>
    public static int? FixedCount(SettingView setting) =>
        setting.Get(Inputs) is not null || setting.Get(Covariance) is not null || setting.Get(InputSpectrum).Form is SpectrumForms.List or SpectrumForms.File
            ? ModesOf(setting, setting.Get(Network).Value).Count : null;

    private static ModeSet ModesOf(SettingView setting, Architecture architecture)
    {
        var isLine = setting.Get(Lattice);
        if (setting.Get(Inputs)?.Path is { } rows)
        {
            var isCentred = !setting.Get(Mean).Is(OfData);
            var (size, number) = ((int)(setting[DiffusionParameters.Patch] ?? ImageRows.DefaultSize), (int)(setting[Patches] ?? ImageRows.DefaultCount));
            DataMatrix Table(string path) => InputFile.IsFolder(path) ? ImageRows.Read(path, size, number, (ulong)setting[Seed]) : NumericFile.ReadSamples(path);
            var images = InputFile.IsFolder(rows) ? FormattableString.Invariant($"{size} {number} {setting[Seed]}") : "";
            return InputScope.Once($"diffusion {architecture.IsConvolution} {isLine} {isCentred} {images}", rows, path => Table(path) is var table && architecture.IsConvolution ? StationaryModes.OfRows(table, isLine) with { Notes = table.Notes } : DataModes.OfRows(table, isCentred) with { Notes = table.Notes }, set => 8.0 * ((set.Count * (double)set.Basis.Places) + set.Rows.Length));
        }

        if (setting.Get(Covariance)?.Path is { } matrix)
            return InputScope.Once($"diffusion {architecture.IsConvolution} {isLine}", matrix, path => NumericFile.ReadMatrix(path) is var table && architecture.IsConvolution ? StationaryModes.OfCovariance(table, isLine) : DataModes.OfCovariance(table), set => 8.0 * set.Count * set.Basis.Places);
        var form = setting.Get(InputSpectrum);
        var given = GivenOf(form);
        var count = given?.Length ?? (int)(setting[Dimension] ?? DefaultDimension);
        if (architecture.IsConvolution || form.Form == SpectrumForms.Autocovariance)
        {
            var (width, height) = isLine ? (count, 1) : StationaryModes.Square(count);
            var basis = new WaveBasis(width, height);
            if (form.Form == SpectrumForms.Autocovariance)
            {
                var waves = StationaryModes.OfLength(form.Strength, basis);
                return architecture.IsConvolution ? new ModeSet(waves, basis) : new ModeSet([.. waves.OrderDescending()], new CosineBasis(width, height));
            }

            var law = given ?? Law(setting, form, count);
            if (given is null)
            {
                // Laws fall with the size of the wave vector; equal sizes share a variance.
                law = form.Form == SpectrumForms.LogNormal ? ByFrequency(law, basis) : [.. Enumerable.Range(0, count).Select(k => LawAt(setting, form, 1 + basis.Frequency(k)))];
            }

            return new ModeSet(law, basis).Checked("spectrum");
        }

        var (w, h) = ModeBasis.ShapeOf(count);
        return new ModeSet(given ?? Law(setting, form, count), new CosineBasis(w, h)).Checked("spectrum");
    }

    // Noise levels have a unit: what was divided by the trace of the data is in it again. What is wrong with one variance is told with its file.
    private static double[]? GivenOf(SpectrumForm form)
    {
        if (form.Path is not { } path)
            return form.Explicit();
        var modes = SpectralModes.Read(path);
        var wrong = Array.FindIndex(modes.Eigenvalues, value => !(value >= 0));
        if (wrong >= 0)
            throw new InputFileException(path, FormattableString.Invariant($"eigenvalue {wrong + 1} is {modes.Eigenvalues[wrong]:R}"), "variances >= 0");
        return modes.Trace is { } trace ? [.. modes.Eigenvalues.Select(value => trace * value)] : modes.Eigenvalues;
    }

    private static double LawAt(SettingView setting, SpectrumForm form, double k) => form.Form switch
    {
        SpectrumForms.Exponential => Math.Exp(-form.Strength * (k - 1)),
        SpectrumForms.PowerLaw => Math.Pow(k, -setting[Exponent]),
        _ => 1,
    };

    private static double[] Law(SettingView setting, SpectrumForm form, int count)
    {
        var values = new double[count];
        if (form.Form != SpectrumForms.LogNormal)
        {
            for (var k = 0; k < count; k++)
                values[k] = LawAt(setting, form, k + 1);
            return values;
        }

        GaussianGenerator.Fill(new GaussianAddress((ulong)setting[Seed], SpectrumStream, 0, 0), 0, values);
        for (var k = 0; k < count; k++)
            values[k] = Math.Exp(form.Strength * values[k]);
        Array.Sort(values);
        Array.Reverse(values);
        var mean = values.Sum() / count;
        for (var k = 0; k < count; k++)
            values[k] /= mean;
        return values;
    }

    // Drawn variances in descending order to waves in ascending order of frequency; a wave and its opposite share the mean of theirs.
    private static double[] ByFrequency(double[] descending, WaveBasis basis)
    {
        int[] order = [.. Enumerable.Range(0, descending.Length).OrderBy(basis.Frequency)];
        var values = new double[descending.Length];
        for (var k = 0; k < order.Length; k++)
            values[order[k]] = descending[k];
        return [.. Enumerable.Range(0, values.Length).Select(k => 0.5 * (values[k] + values[basis.Partner(k)]))];
    }

    private static double[] MeanOf(SettingView setting, ModeSet modes)
    {
        var form = setting.Get(Mean);
        if (form.Is(OfData))
            return modes.Mean;
        if (form.Read() is not { } mean)
            return [];
        return mean.Length == modes.Count ? mean : throw new ParameterException("mean", form.Text, FormattableString.Invariant($"a file of one number per mode ({modes.Count}), where it holds {mean.Length}"));
    }

    private static DataMatrix? StartOf(SettingView setting, Architecture architecture, int count, double gain)
    {
        var form = setting.Get(Start);
        if (form.Path is { } path)
            return InputVector.ReadMatrix(path);
        if (!form.Is(DiffusionParameters.Random))
            return null;
        if (count > CoupledChecks.LargestDimension)
            throw new ParameterException("dimension", count, $"a whole number from 1 to {CoupledChecks.LargestDimension} with start = random");
        var values = new double[count * count];
        GaussianGenerator.Fill(new GaussianAddress((ulong)setting[Seed], StartStream, 0, 0), 0, values);
        var scale = (architecture.IsTied ? Math.Sqrt(Math.Max(0, gain)) : gain) / Math.Sqrt(count);
        return new DataMatrix(count, count, [.. values.Select(value => scale * value)]);
    }
}
