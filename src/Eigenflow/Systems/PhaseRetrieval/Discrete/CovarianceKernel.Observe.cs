using Eigenflow.Systems.PhaseRetrieval.Kernels;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <content>What is observed of a state: moments of quadratic forms and of the loss. Work O(n²).</content>
internal sealed partial class CovarianceKernel
{
    /// <summary>What one step adds to Var q by its own noise, (η²/B) bᵀ(E ggᵀ − E∇L∇Lᵀ)b, without the part of Σ in A.</summary>
    public double LinearNoise(in CovarianceStep step)
    {
        Gradients(step);
        Span<double> rates = Row(Rates), tilt = Row(Tilt), along = Row(Along), weightedAlong = Row(WeightedAlong), gradient = Row(Gradient);
        double square = 0, student = 0, teacher = 0, mean = 0;
        for (var i = size - 1; i >= 0; i--)
        {
            square += rates[i] * along[i] * weightedAlong[i];
            student += weightedAlong[i] * tilt[i];
            teacher += weightedAlong[i] * along[i];
            mean += gradient[i] * weightedAlong[i];
        }

        var (a, b, c) = step.Second;
        return step.Gain * ((step.Intensity * square) + (16 * ((a * student * student) + (2 * b * student * teacher) + (c * teacher * teacher))) - (mean * mean));
    }

    /// <summary>Mean and variance of ‖y + a w*‖².</summary>
    public (double Mean, double Variance) SquaredDistance(double shift)
    {
        Span<double> mean = Row(Mean), teacher = Row(Teacher), shifted = Row(First), weighted = Row(Second), weights = Row(Weights), counts = Row(Counts), each = Row(Each);
        double square = 0, trace = 0, along = 0;
        for (var i = 0; i < size; i++)
        {
            shifted[i] = mean[i] + (shift * teacher[i]);
            weighted[i] = weights[i] * shifted[i];
            square += weighted[i] * shifted[i];
            trace += (weights[i] * Own(i)) + (counts[i] * each[i]);
        }

        for (var i = 0; i < size; i++)
            along += weighted[i] * ((each[i] * shifted[i]) + RowLoops.Dot(ref CovarianceRow(i), ref Ref(Second), stride));
        return (square + trace, (4 * along) + (2 * SquareTrace(hasRates: false)));
    }

    /// <summary>2 tr (QΣ)², the part of Var p that is of second order in Σ.</summary>
    public double TraceVariance() => 2 * SquareTrace(hasRates: true);

    // tr Σ², or tr (QΣ)².
    private double SquareTrace(bool hasRates)
    {
        Span<double> rates = Row(Rates), weights = Row(Weights), counts = Row(Counts), each = Row(Each);
        var sum = 0.0;
        for (var i = 0; i < size; i++)
        {
            var row = covariance.Span.Slice(i * stride, size);
            var part = 0.0;
            for (var j = 0; j < size; j++)
                part += weights[j] * (hasRates ? rates[j] : 1) * row[j] * row[j];
            var rate = hasRates ? rates[i] : 1;
            sum += rate * ((weights[i] * (part + (2 * rate * row[i] * each[i]))) + (rate * counts[i] * each[i] * each[i]));
        }

        return sum;
    }

    /// <summary>Variance of the loss by its first two chaoses: ḡᵀΣḡ + ½ tr(H̄Σ)² with the mean gradient and Hessian of a step.</summary>
    public double LossVariance(in CovarianceStep step)
    {
        Gradients(step);
        Directions(step);
        Span<double> rates = Row(Rates), tilt = Row(Tilt), along = Row(Along), first = Row(First), second = Row(Second), gradient = Row(Gradient), weights = Row(Weights), counts = Row(Counts), each = Row(Each);
        double linear = 0, quadratic = 0;
        for (var i = 0; i < size; i++)
        {
            // (HΣ)_ij (HΣ)_ji with HΣ = DΣ + r xᵀ + b zᵀ; what N adds to DΣ stands on the diagonal.
            var row = covariance.Span.Slice(i * stride, size);
            double alone = -4 * step.G * rates[i] * each[i], part = 0, product = each[i] * gradient[i];
            for (var j = 0; j < size; j++)
            {
                var (own, other) = (-4 * step.G * rates[i] * row[j], -4 * step.G * rates[j] * row[j]);
                part += weights[j] * (own + (tilt[i] * first[j]) + (along[i] * second[j])) * (other + (tilt[j] * first[i]) + (along[j] * second[i]));
                product += weights[j] * row[j] * gradient[j];
            }

            linear += weights[i] * gradient[i] * product;
            quadratic += (weights[i] * (part + (2 * alone * ((-4 * step.G * rates[i] * row[i]) + (tilt[i] * first[i]) + (along[i] * second[i]))))) + (counts[i] * alone * alone);
        }

        return linear + (0.5 * quadratic);
    }
}
