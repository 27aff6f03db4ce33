using Eigenflow.Dynamics;

namespace Eigenflow.Systems.MultiClassSgd.Kernels;

/// <summary>Reads a state of weights, X as l rows of full modes: order parameters, expectations, and the gradient of the population risk. Work l² d per spectrum and l d per class. Not safe to share between threads.</summary>
internal sealed class WeightReader
{
    private readonly MixtureModes modes;
    private readonly ClassLoss loss;
    private readonly SparseMean[] means;
    private readonly bool isDiagonal;

    public WeightReader(MixtureModes modes, ClassLoss loss)
    {
        (this.modes, this.loss) = (modes, loss);
        Outputs = loss is MarginLoss ? 1 : modes.Classes;
        means = [.. modes.Means.Select(mean => new SparseMean(mean))];
        isDiagonal = loss is OutputLoss several && OutputSystem.IsDiagonal(modes, several);
        Moments = [.. Enumerable.Range(0, modes.Classes).Select(_ => new OutputMoments(isDiagonal ? 1 : Outputs))];
    }

    /// <summary>l.</summary>
    public int Outputs { get; }

    /// <summary>Expectations by class at the state that was read last with them; of one output as vectors of length one.</summary>
    public OutputMoments[] Moments { get; }

    /// <summary>The order parameters.</summary>
    /// <param name="weights">X, output by output.</param>
    /// <param name="stride">Numbers from one output to the next.</param>
    /// <param name="accumulated">What the rule has accumulated.</param>
    public MixtureState Read(ReadOnlySpan<double> weights, int stride, double accumulated)
    {
        var size = modes.Directions;
        double[][] outputs = [.. means.Select(_ => new double[Outputs])];
        double[][] variances = [.. modes.Spectra.Select(_ => new double[isDiagonal ? Outputs : Outputs * Outputs])];
        double clean = 0, norm = 0;
        for (var a = 0; a < Outputs; a++)
        {
            var row = weights.Slice(a * stride, size);
            norm += MarginSums.Dot(row, row);
            for (var i = 0; i < means.Length; i++)
                outputs[i][a] = means[i].Dot(row);
            for (var s = 0; s < variances.Length; s++)
            {
                for (var b = isDiagonal ? a : 0; b <= a; b++)
                {
                    var value = MarginSums.Product(modes.Spectra[s], row, weights.Slice(b * stride, size));
                    if (isDiagonal)
                        variances[s][a] = value;
                    else
                        variances[s][(a * Outputs) + b] = variances[s][(b * Outputs) + a] = value;
                }
            }
        }

        for (var i = 0; i < means.Length; i++)
        {
            var own = weights.Slice((Outputs == 1 ? 0 : i) * stride, size);
            for (var k = 0; k < modes.Clean.Length; k++)
                clean += modes.Clean[k] ? modes.Probabilities[i] * modes.Means[i][k] * own[k] : 0;
        }

        return new MixtureState { Means = outputs, Variances = variances, SquaredNorm = norm, CleanPart = clean, Accumulated = accumulated };
    }

    /// <summary>Fills <see cref="Moments"/>.</summary>
    public void Expect(MixtureState state)
    {
        for (var i = 0; i < Moments.Length; i++)
        {
            var (own, variance) = (Moments[i], state.Variances[modes.SpectrumOf[i]]);
            if (loss is OutputLoss several && !isDiagonal)
            {
                several.Expect(i, state.Means[i], variance, own);
            }
            else if (loss is MarginLoss margin)
            {
                var moments = margin.Expect(state.Means[i][0], variance[0]);
                (own.Risk, own.Force[0], own.Curvature[0], own.Noise[0]) = (moments.Risk, moments.Force, moments.Curvature, moments.Noise);
            }
        }
    }

    /// <summary>∇R by output, from the expectations that were filled last (of diagonal losses from the state).</summary>
    public void Gradient(MixtureState state, ReadOnlySpan<double> weights, int stride, Span<double> gradient)
    {
        var size = modes.Directions;
        gradient.Clear();
        for (var i = 0; i < means.Length; i++)
        {
            var p = modes.Probabilities[i];
            var eigenvalues = modes.Spectra[modes.SpectrumOf[i]];
            for (var a = 0; a < Outputs; a++)
            {
                var row = gradient.Slice(a * stride, size);
                means[i].Add(p * (isDiagonal ? state.Means[i][a] - (a == i ? 1 : 0) : Moments[i].Force[a]), row);
                for (var b = 0; b < Outputs; b++)
                {
                    var curvature = isDiagonal ? (a == b ? 1 : 0) : Moments[i].Curvature[(a * Outputs) + b];
                    if (curvature != 0)
                        MarginSums.Combine(1, row, p * curvature, eigenvalues, weights.Slice(b * stride, size), row);
                }
            }
        }
    }
}
