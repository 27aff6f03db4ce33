using System.Diagnostics;
using Eigenflow.Data;
using Eigenflow.Random;
using Eigenflow.Scaling.Fits;
using Eigenflow.Solutions;
using Eigenflow.Spectra;
using Eigenflow.Spectra.Estimation;
using Eigenflow.Systems;
using Eigenflow.Systems.PhaseRetrieval;

namespace Eigenflow.Benchmarks;

/// <summary>
/// Eigenflow's own engines as a benchmark worker: the same problem, protocol and clock as the peers. Times are those of the public calls, so that they
/// hold all that a user waits for.
/// </summary>
public static class EngineWorker
{
    /// <summary>Answers requests until the input ends.</summary>
    /// <param name="input">Requests, one a line.</param>
    /// <param name="output">Answers, one a line.</param>
    public static void Serve(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } line)
        {
            var request = WorkerMessage.Parse(line, isRequest: true);
            var answer = request.Work switch
            {
                "hello" => WorkerMessage.Request("", ("name", "eigenflow"), ("version", ProductVersion.Text)),
                "gaussian" => Gaussian(request),
                "sgd" => Sgd(request),
                "gd" => Descent(request),
                "flow" => Flow(request),
                "spectrum" => Eigenvalues(request),
                "mixture" => MixtureWork.Sgd(request),
                "mixture-theory" => MixtureWork.Theory(request),
                "schedule-fit" => ScheduleFitWork.Answer(request),
                "fit" => Fit(request),
                "quadratic-flow" => QuadraticWork.Flow(request),
                "quadratic-sgd" => QuadraticWork.Sgd(request),
                "ladder" => LadderWork.Mean(request),
                "ladder-sgd" => LadderWork.Sgd(request),
                "equilibrium-chains" => EquilibriumWork.Chains(request),
                "network" => NetworkWork.Adam(request),
                "rotations" => RotationWork.Means(request),
                _ => WorkerMessage.Request("", ("error", "unknown_work")),
            };
            output.WriteLine(answer.ToString());
            output.Flush();
        }
    }

    private static PhaseRetrievalProblem Problem(WorkerMessage request) => new()
    {
        Spectrum = Spectrum.PowerLaw((long)request.Number("dimension"), request.Number("exponent")),
        Teacher = Teacher.Ones(),
        Start = Start.Alternating(),
    };

    private static ModeRepresentation Modes(WorkerMessage request) => request["modes"] switch
    {
        "compressed" => ModeRepresentation.Compressed,
        "averaged" => ModeRepresentation.Averaged,
        "auto" => ModeRepresentation.Auto,
        _ => ModeRepresentation.Full,
    };

    private static WorkerMessage Gaussian(WorkerMessage request)
    {
        var count = (int)request.Number("count");
        var repeat = (int)request.Number("repeat");
        if (request["precision"] is "float")
        {
            var numbers = new float[count];
            return Timed(() =>
            {
                for (var k = 0; k < repeat; k++)
                    GaussianGenerator.Fill(new GaussianAddress(1, 0, 0, k), 0, numbers);
            }, () => [.. numbers.Select(value => (double)value)]);
        }

        var buffer = new double[count];
        return Timed(() =>
        {
            for (var k = 0; k < repeat; k++)
                GaussianGenerator.Fill(new GaussianAddress(1, 0, 0, k), 0, buffer);
        }, () => buffer);
    }

    private static WorkerMessage Sgd(WorkerMessage request)
    {
        var steps = (long)request.Number("steps");
        var method = new OnlineSgd
        {
            LearningRate = request.Number("learning-rate"),
            AtSteps = [steps],
            Replicas = request["replicas"] is null ? 1 : (int)request.Number("replicas"),
            Threads = request["threads"] is null ? 1 : (int)request.Number("threads"),
            Seed = (long)request.Number("seed"),
            Precision = request["precision"] is "float" ? SamplingPrecision.Single : SamplingPrecision.Double,
        };
        return Solved(() => Problem(request).Solve(method));
    }

    private static WorkerMessage Descent(WorkerMessage request)
    {
        var method = new GradientDescent { LearningRate = request.Number("learning-rate"), AtSteps = [(long)request.Number("steps")], Modes = Modes(request) };
        return Solved(() => Problem(request).Solve(method));
    }

    private static WorkerMessage Flow(WorkerMessage request)
    {
        var method = new GradientFlow { RelativeTolerance = request.Number("rtol"), Times = request.Numbers("times"), Modes = Modes(request), KeepsDenseOutput = false };
        return Solved(() => Problem(request).Solve(method));
    }

    // The covariance eigenvalues, verdict and interval of fewer rows than columns: hashed numbers that every contestant makes alike, columns scaled by i^(−0.4).
    private static WorkerMessage Eigenvalues(WorkerMessage request)
    {
        int rows = (int)request.Number("rows"), columns = (int)request.Number("columns");
        var values = new double[(long)rows * columns];
        for (var k = 0; k < values.Length; k++)
        {
            var hash = unchecked((uint)k * 2654435761u);
            hash = unchecked((hash ^ (hash >> 16)) * 2246822519u);
            hash ^= hash >> 13;
            values[k] = ((hash / 4294967296.0) - 0.5) * Math.Pow((k % columns) + 1, -0.4);
        }

        var clock = Stopwatch.StartNew();
        var estimate = SpectrumEstimate.FromData(new DataMatrix(rows, columns, values));
        return WorkerMessage.Request("", ("seconds", clock.Elapsed.TotalSeconds), ("eigenvalues", estimate.Eigenvalues[..Math.Min(10, rows)]), ("peak-bytes", Process.GetCurrentProcess().PeakWorkingSet64));
    }

    private static WorkerMessage Fit(WorkerMessage request)
    {
        var curve = new ScalingCurve("curve", request.Numbers("x"), request.Numbers("y"));
        var clock = Stopwatch.StartNew();
        var fit = ScalingFit.Of(curve, new ScalingFitOptions { Resamples = (int)request.Number("resamples") });
        var seconds = clock.Elapsed.TotalSeconds;
        var floor = fit.Laws.First(law => string.Equals(law.Name, "power-law-floor", StringComparison.Ordinal));
        return WorkerMessage.Request("", ("seconds", seconds), ("floor", floor.Parameters.Select(parameter => parameter.Value).ToArray()));
    }

    private static WorkerMessage Solved(Func<Solution> solve)
    {
        var clock = Stopwatch.StartNew();
        var solution = solve();
        var seconds = clock.Elapsed.TotalSeconds;
        return WorkerMessage.Request(
            "", ("seconds", seconds), ("steps", solution.Statistics.Steps), ("peak-bytes", Process.GetCurrentProcess().PeakWorkingSet64),
            ("s", solution["s"]), ("u", solution["u"]), ("mse", solution["mse"]), ("integration", solution.Statistics.WallSeconds));
    }

    private static WorkerMessage Timed(Action action, Func<double[]> numbers)
    {
        var clock = Stopwatch.StartNew();
        action();
        var seconds = clock.Elapsed.TotalSeconds;
        var sample = numbers();
        return WorkerMessage.Request("", ("seconds", seconds), ("mean", sample.Average()), ("variance", sample.Average(value => value * value)));
    }
}
